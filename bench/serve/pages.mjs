// How long each page takes in Chromium, nothing of it cached: from asking for its address (for a household: from the
// search) to the last change of what it shows. From the environment what tests/web/browser.mjs takes, and BIDUI_RUN.
// Prints a JSON line for each page: the milliseconds of three rounds.
import { household, inBrowser, signIn, url } from '../../tests/web/browser.mjs'

const pages = [
  ['county', '/lookup'],
  ['county', '/lookup', household],
  ['county', '/flags'],
  ['county', '/progress'],
  ['county', '/runs'],
  ['county', `/runs/${process.env.BIDUI_RUN}`],
  ['log_auditor', '/audit'],
  ['security_admin', '/users'],
  ['security_admin', '/authorisations'],
]

const lastChange = (page) => page.evaluate(() => window.lastChange)

async function timeOf(page, path, searched) {
  await page.goto('about:blank')
  await page.goto(`${url}/#${path}`, { waitUntil: 'networkidle' })
  if (!searched) return lastChange(page)
  await page.locator('[data-search] input').fill(searched)
  const begin = await page.evaluate(() => performance.now())
  await page.keyboard.press('Enter')
  await page.waitForLoadState('networkidle')
  await page.locator('.members .cell').first().waitFor()
  return (await lastChange(page)) - begin
}

for (const [role, path, searched] of pages) {
  const milliseconds = []
  for (let round = 0; round < 3; ++round) {
    await inBrowser('desk', async ({ page }) => {
      await signIn(page, role)
      const client = await page.context().newCDPSession(page)
      await client.send('Network.setCacheDisabled', { cacheDisabled: true })
      await page.addInitScript(() => {
        window.lastChange = 0
        new MutationObserver(() => (window.lastChange = performance.now())).observe(document, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        })
      })
      milliseconds.push(Math.round(await timeOf(page, path, searched)))
    })
  }
  console.log(JSON.stringify({ page: path + (searched ? ' household' : ''), milliseconds }))
}
