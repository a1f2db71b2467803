// Real Chromium on a running service, for the tests beside this file. From the environment:
//   BIDUI_URL          where the service is
//   BIDUI_ACCOUNTS     JSON: role -> {account, password}
//   BIDUI_HOUSEHOLD    source:household_no of a household with members in several sources
//   BIDUI_NAME         a name that several people bear
//   BIDUI_ALONE        a name that one person bears, who belongs to no household
//   BIDUI_HOSTILE      the number of one whose name is a script
//   BIDUI_SCREENSHOTS  where screenshots go (optional)
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(new URL('../../service/web/package.json', import.meta.url))
const { chromium } = require('playwright-core')

export const url = process.env.BIDUI_URL ?? 'http://127.0.0.1:8080'
export const accounts = JSON.parse(process.env.BIDUI_ACCOUNTS ?? '{}')
export const household = process.env.BIDUI_HOUSEHOLD ?? 'poverty:340826000096290'
export const name = process.env.BIDUI_NAME ?? '王伟'
export const alone = process.env.BIDUI_ALONE ?? '欧阳长庚'
export const hostile = process.env.BIDUI_HOSTILE
const screenshots = process.env.BIDUI_SCREENSHOTS

export const kSizes = {
  desk: { width: 1366, height: 768 },
  phone: { width: 390, height: 844 },
}

// Runs `act` in a fresh browser context of that size. What the page logs as an error fails the
// test: so a blocked style or script (CSP) is found. A refusal that is wanted is told by `expected`.
export async function inBrowser(size, act, { locale = 'zh-CN', expected = /^$/ } = {}) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  const faults = []
  try {
    const context = await browser.newContext({
      viewport: kSizes[size],
      locale,
      isMobile: size === 'phone',
      hasTouch: size === 'phone',
      ignoreHTTPSErrors: true,
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('console', (line) => {
      const text = line.text()
      // Asked once when the page is opened: nobody is signed in yet.
      const asksWho = line.location().url.endsWith('/sessions/current')
      if (line.type() === 'error' && !asksWho && !expected.test(text)) faults.push(text)
    })
    const outside = []
    page.on('request', (request) => {
      const wanted = new URL(request.url())
      if (wanted.protocol.startsWith('http') && wanted.origin !== new URL(url).origin)
        outside.push(request.url())
    })
    await act({ page, shot: (title) => shot(page, `${title}-${size}`) })
    faults.push(...outside)
  } finally {
    await browser.close()
  }
  if (faults.length > 0) throw new Error(`the page complained:\n${faults.join('\n')}`)
}

async function shot(page, title) {
  if (!screenshots) return
  mkdirSync(screenshots, { recursive: true })
  await page.screenshot({ path: join(screenshots, `${title}.png`), fullPage: false })
}

// A file beside the screenshots.
export async function keep(name, content) {
  if (!screenshots) return
  mkdirSync(screenshots, { recursive: true })
  writeFileSync(join(screenshots, name), content)
}

export async function signIn(page, role) {
  const { account, password } = accounts[role]
  await page.goto(url)
  await page.locator('input[autocomplete=username]').fill(account)
  await page.locator('input[type=password]').fill(password)
  await page.locator('button[type=submit]').click()
  await page.locator('.frame-header').waitFor()
}

// The page that the menu names so.
export async function go(page, path, ready) {
  await page.goto(`${url}/#${path}`)
  await page.locator(ready).first().waitFor()
}

// Is anything wider than the screen? Tables scroll in their own boxes.
export async function isWide(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1)
}
