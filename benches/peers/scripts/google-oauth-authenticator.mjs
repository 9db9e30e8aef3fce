import { readFileSync } from 'node:fs';
import { generateRefreshToken } from 'google-oauth-authenticator';
const { client_id, client_secret } = JSON.parse(readFileSync(process.argv[2])).installed;
const flow = await generateRefreshToken(client_id, client_secret, 'https://www.googleapis.com/auth/adwords');
console.log(flow.authorizeUrl);
console.log(await flow.getToken());
process.exit();
