// Addresses hold what may stand in a browser's history: rules, runs, flags; never a household.
import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router'
import { may, session, type Power } from './session'
import type { Word } from './language/words'

export interface Section {
  name: string
  word: Word
  power: Power
}

// The menu, in its order; an account sees what it may.
export const kSections: Section[] = [
  { name: 'lookup', word: 'menu_lookup', power: 'lookup' },
  { name: 'flags', word: 'menu_flags', power: 'flags_read' },
  { name: 'progress', word: 'menu_progress', power: 'flags_read' },
  { name: 'runs', word: 'menu_runs', power: 'runs_read' },
  { name: 'audit', word: 'menu_audit', power: 'audit_read' },
  { name: 'users', word: 'menu_users', power: 'users_manage' },
  { name: 'authorisations', word: 'menu_authorisations', power: 'authorisations_manage' },
]

export function mySections(): Section[] {
  return kSections.filter((section) => may(section.power))
}

const routes: RouteRecordRaw[] = [
  // Which household is open stands in history.state.
  {
    path: '/lookup/:view(household)?',
    name: 'lookup',
    component: () => import('./pages/lookup/LookupPage.vue'),
  },
  { path: '/flags', name: 'flags', component: () => import('./pages/flags/FlagsPage.vue') },
  {
    path: '/progress',
    name: 'progress',
    component: () => import('./pages/flags/FlagProgressPage.vue'),
  },
  { path: '/runs', name: 'runs', component: () => import('./pages/runs/RunsPage.vue') },
  {
    path: '/runs/:run/:part?',
    name: 'run',
    component: () => import('./pages/runs/RunPage.vue'),
    props: true,
  },
  { path: '/audit', name: 'audit', component: () => import('./pages/audit/AuditPage.vue') },
  { path: '/users', name: 'users', component: () => import('./pages/users/UsersPage.vue') },
  {
    path: '/authorisations',
    name: 'authorisations',
    component: () => import('./pages/users/AuthorisationsPage.vue'),
  },
  { path: '/:rest(.*)*', redirect: '/' },
  { path: '/', name: 'start', component: () => import('./pages/NothingPage.vue') },
]

export const router = createRouter({ history: createWebHashHistory(), routes })

function sectionOf(name: unknown): Section | undefined {
  return kSections.find((section) => section.name === (name === 'run' ? 'runs' : name))
}

// Who is not signed in sees the sign-in page over whatever the address is (App.vue).
router.beforeEach((to) => {
  if (session.value === null) return true
  const first = mySections()[0]
  const section = sectionOf(to.name)
  if (section && may(section.power)) return true
  if (first === undefined) return to.name === 'start' ? true : { name: 'start' }
  return { name: first.name }
})
