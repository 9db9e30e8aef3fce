// Both Node libraries have Google's token endpoint built in: requests to it go to MEASURED_TOKEN_ENDPOINT instead.
// local-auth never prints the consent URL: it is printed where it would be handed to the browser.
const http = require('node:http');
const https = require('node:https');
const child = require('node:child_process');

const { hostname, port } = new URL(process.env.MEASURED_TOKEN_ENDPOINT);
https.request = (options, ...rest) => {
  const { agent, ...plain } = options instanceof URL ? require('node:url').urlToHttpOptions(options) : options;
  return http.request({ ...plain, protocol: 'http:', host: hostname, hostname, port, agent: undefined }, ...rest);
};

const spawn = child.spawn;
child.spawn = (command, args = [], ...rest) => {
  const url = args.find((argument) => String(argument).startsWith('https://accounts.google.com/'));
  if (!url) return spawn(command, args, ...rest);
  process.stderr.write(`${url}\n`);
  return spawn('true', [], ...rest);
};
