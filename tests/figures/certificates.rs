//! A certificate authority that only the tests trust, and what it has signed, good and bad.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// For `SSL_CERT_FILE`.
    pub pem: String,
}

/// From January of one year to January of another.
pub type Years = (i32, i32);

pub const NOW: Years = (2020, 2090);

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = valid(&[], NOW);
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = new_key();
        let pem = params.self_signed(&key).expect("the parameters are complete").pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// A server with a certificate for these names.
    pub fn server(&self, names: &[&str], years: Years) -> Arc<ServerConfig> {
        let key = new_key();
        let certificate = valid(names, years).signed_by(&key, &self.issuer).expect("the parameters are complete");
        configuration(certificate.into(), &key)
    }
}

/// A server whose certificate nobody has signed but itself.
pub fn self_signed_server(names: &[&str]) -> Arc<ServerConfig> {
    let key = new_key();
    let certificate = valid(names, NOW).self_signed(&key).expect("the parameters are complete");
    configuration(certificate.into(), &key)
}

fn valid(names: &[&str], (from, to): Years) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).expect("they are host names");
    (params.not_before, params.not_after) = (date_time_ymd(from, 1, 1), date_time_ymd(to, 1, 1));
    params
}

fn new_key() -> KeyPair {
    KeyPair::generate().expect("the operating system has random numbers")
}

fn configuration(certificate: CertificateDer<'static>, key: &KeyPair) -> Arc<ServerConfig> {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = versions.expect("ring knows them").with_no_client_auth();
    Arc::new(builder.with_single_cert(vec![certificate], key).expect("the key fits"))
}
