// A user with a real browser: Debian's Chromium follows an address through sign-in and consent, or refuses.
// It talks to loopback only (every other name fails to resolve) and leaves no profile behind.
//
// Reads one JSON object from standard input, since a consent URL has no place in a process list:
//   url       where to begin: a start link or a consent URL
//   action    "allow", "deny", or "look" (only open the address and see)
//   login     the name to sign in with; "someone@example.com" unless given
//   blockPort a port of 127.0.0.1 that this browser cannot reach, as when it runs on another machine
//   resolve   "NAME ADDRESS": the one other name that resolves; its certificate is taken as it is
//   expect    a text that the last page must show; waited for
// Prints one JSON object:
//   finalUrl  what the address bar shows at the end
//   text      what the last page shows
//   error     the browser's own error (ERR_CONNECTION_REFUSED …), or null
//   visited   every address that the page went through, with its HTTP status, in order
import { chromium } from 'playwright-core';

const PATIENCE = 20_000;

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
];

// Only loopback, and the name that was given: the first rule that fits a name counts, and addresses are not names.
const LOOPBACK_ONLY = 'MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE ::1';
const names = ({ resolve }) => `--host-resolver-rules=${resolve ? `MAP ${resolve}, EXCLUDE ${resolve.split(' ')[1]}, ` : ''}${LOOPBACK_ONLY}`;

/** Refuses every connection to this loopback port, also when a redirect leads there (which Playwright's own routes leave alone). */
async function block(page, port) {
  const devtools = await page.context().newCDPSession(page);
  const patterns = ['127.0.0.1', 'localhost', '[::1]'].map((host) => ({ urlPattern: `http://${host}:${port}*` }));
  devtools.on('Fetch.requestPaused', ({ requestId }) => {
    devtools.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionRefused' }).catch(() => {});
  });
  await devtools.send('Fetch.enable', { patterns });
}

/** Writes down every step of the page's own navigation, redirects included. */
function record(page) {
  const visited = [];
  const ofPage = (request) => request.isNavigationRequest() && request.frame() === page.mainFrame();
  page.on('response', (response) => {
    if (ofPage(response.request())) visited.push({ url: response.url(), status: response.status() });
  });
  page.on('requestfailed', (request) => {
    if (ofPage(request)) visited.push({ url: request.url(), status: null, error: request.failure()?.errorText });
  });
  return visited;
}

/** Signs in and answers the consent page, as far as the server asks. Ends when the browser leaves the server. */
async function answer(page, { action, login = 'someone@example.com' }) {
  const server = new URL(page.url()).origin;
  const signIn = page.locator('input[name=login]');
  const consent = page.locator('form:has(input[name=prompt][value=consent])');
  await signIn.or(consent).first().waitFor({ timeout: PATIENCE });
  if (await signIn.count()) {
    await signIn.fill(login);
    await page.locator('input[name=password]').fill('any password');
    await page.locator('button[type=submit]').click({ noWaitAfter: true });
    await consent.waitFor({ timeout: PATIENCE });
  }
  const choice = action === 'deny' ? page.locator('a[href$="/abort"]') : consent.locator('button[type=submit]');
  await choice.click({ noWaitAfter: true });
  return server;
}

/** What the address bar shows: for an error page that is the address that failed, not the browser's own. */
async function addressBar(page) {
  const devtools = await page.context().newCDPSession(page);
  const { frameTree: { frame } } = await devtools.send('Page.getFrameTree');
  await devtools.detach();
  return frame.unreachableUrl ?? frame.url + (frame.urlFragment ?? '');
}

/** Waits until the browser has left the server and the page there is complete, or could not be had. */
async function arrive(page, server, expect) {
  const left = page.waitForURL((url) => url.origin !== server, { timeout: PATIENCE, waitUntil: 'commit' });
  const refused = await left.then(() => false, (error) => {
    if (error.message.includes('net::ERR_')) return true;
    throw error;
  });
  if (refused) {
    // The navigation fails a little before the browser shows its own error page for it.
    while (!page.url().startsWith('chrome-error:')) await page.waitForTimeout(20);
    return;
  }
  await page.waitForLoadState('load', { timeout: PATIENCE });
  if (expect) await page.getByText(expect).first().waitFor({ timeout: PATIENCE });
  // The page may take the code out of the address bar itself; give its script the chance, then report what is.
  await page.waitForURL((url) => !url.searchParams.has('code'), { timeout: 2_000 }).catch(() => {});
}

async function drive(wish) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [...FLAGS, names(wish)],
  });
  try {
    const page = await browser.newPage({ ignoreHTTPSErrors: Boolean(wish.resolve) });
    const visited = record(page);
    if (wish.blockPort) await block(page, wish.blockPort);
    await page.goto(wish.url, { timeout: PATIENCE }).catch((error) => {
      if (wish.action !== 'look') throw error;
    });
    if (wish.action !== 'look') await arrive(page, await answer(page, wish), wish.expect);
    return {
      finalUrl: await addressBar(page),
      text: await page.locator('body').innerText(),
      error: visited.at(-1)?.error ?? null,
      visited,
    };
  } finally {
    await browser.close();
  }
}

let wish = '';
for await (const chunk of process.stdin) wish += chunk;
console.log(JSON.stringify(await drive(JSON.parse(wish))));
