import { authenticate } from '@google-cloud/local-auth';
const client = await authenticate({ keyfilePath: process.argv[2], scopes: ['https://www.googleapis.com/auth/adwords'] });
console.log(client.credentials.refresh_token);
