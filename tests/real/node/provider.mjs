// An authorization server in Google's role: oidc-provider, with its own sign-in, consent and refusal pages.
// It listens on 127.0.0.1 only, keeps everything in memory and ends when its standard input does.
//
//   node provider.mjs '{"clients": [{"id": "…", "secret": "…", "kind": "installed" | "web", "redirect_uris": ["…"]}], "socket": "…"}'
//
// `https`, {"name", "address", "key", "certificate"} with two paths, has it listen on port 443 of that address instead, by that name.
// The test itself talks to it through the Unix socket, which is there on whatever network the server is.
// Once it accepts connections it prints one line of JSON: port, issuer, auth_uri, token_uri, introspection_uri, revocation_uri.
// GET /__issued on the socket lists what the token endpoint gave out, for a test to compare with.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import Provider, { interactionPolicy } from 'oidc-provider';

export const ADS_SCOPE = 'https://www.googleapis.com/auth/adwords';

/** Google's console registers a Desktop client for loopback without naming a port (RFC 8252 section 7.3). */
function registration({ id, secret, kind, redirect_uris: redirectUris }) {
  const desktop = kind === 'installed';
  return {
    client_id: id,
    client_secret: secret,
    application_type: desktop ? 'native' : 'web',
    redirect_uris: desktop ? ['http://127.0.0.1'] : redirectUris,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',
  };
}

/** The stock policy, except that `select_account` is a prompt that may be asked for and asks nothing. */
function policy() {
  const prompts = interactionPolicy.base();
  const selectAccount = new interactionPolicy.Prompt({ name: 'select_account', requestable: true });
  selectAccount.checks.remove('select_account_prompt');
  prompts.add(selectAccount, 0);
  return prompts;
}

function configuration(clients, offlineCodes) {
  return {
    clients: clients.map(registration),
    clientDefaults: { token_endpoint_auth_method: 'client_secret_post' },
    cookies: { keys: ['only-for-tests'] },
    extraParams: ['access_type', 'include_granted_scopes'],
    features: { introspection: { enabled: true }, revocation: { enabled: true } },
    interactions: { policy: policy() },
    // As Google documents it: offline access must be asked for, and a token is certain only after a new consent.
    issueRefreshToken: (_ctx, client, code) => client.grantTypeAllowed('refresh_token') && offlineCodes.has(code.jti),
    pkce: { required: () => true },
    scopes: ['openid', ADS_SCOPE],
    ttl: { AccessToken: 3600, AuthorizationCode: 60, Grant: 86400, Interaction: 600, RefreshToken: 86400, Session: 600 },
  };
}

function start({ clients, socket, https }) {
  const issued = [];
  const offlineCodes = new Set();
  const server = https
    ? createSecureServer({ key: readFileSync(https.key), cert: readFileSync(https.certificate) })
    : createServer();
  const desk = createServer();
  server.listen(https ? 443 : 0, https?.address ?? '127.0.0.1', () => {
    const { port } = server.address();
    const issuer = https ? `https://${https.name}` : `http://127.0.0.1:${port}`;
    const provider = new Provider(issuer, configuration(clients, offlineCodes));

    provider.on('authorization.success', (ctx, answer) => {
      const { access_type: accessType, prompt } = ctx.oidc.params;
      if (accessType === 'offline' && prompt?.split(' ').includes('consent')) offlineCodes.add(answer.code);
    });
    provider.on('grant.success', (ctx) => {
      const { grant_type: grantType } = ctx.oidc.params;
      const { refresh_token: refreshToken, access_token: accessToken, scope } = ctx.body;
      issued.push({ client_id: ctx.oidc.client.clientId, grant_type: grantType, refresh_token: refreshToken ?? null, access_token: accessToken, scope });
    });

    const answer = provider.callback();
    server.on('request', answer);
    desk.on('request', (request, response) => {
      if (request.url !== '/__issued') return answer(request, response);
      response.setHeader('content-type', 'application/json');
      return response.end(JSON.stringify(issued));
    });
    desk.listen(socket, () => console.log(JSON.stringify({
      port,
      issuer,
      auth_uri: `${issuer}/auth`,
      token_uri: `${issuer}/token`,
      introspection_uri: `${issuer}/token/introspection`,
      revocation_uri: `${issuer}/token/revocation`,
    })));
  });
}

// The test that started this holds the other end: when it is gone, so is the server.
process.stdin.on('end', () => process.exit(0)).resume();
// oidc-provider prints its advice for production with console.info and console.warn; stdout is for the one line above.
console.info = console.error;
console.warn = console.error;
start(JSON.parse(process.argv[2]));
