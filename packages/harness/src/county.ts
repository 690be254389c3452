import { randomInt, randomUUID } from 'node:crypto'
import type { Actor } from '@linghang/access'
import { systemActor } from '@linghang/access/actor'
import { type ServiceName, services } from '@linghang/migrations'
import { appointOffice, linkAccount } from './accounts.ts'
import { send } from './ask.ts'
import { askerAt } from './asker.ts'
import { databaseUrl, type Look, look } from './databases.ts'
import type { OfficeRole } from './generated/org.ts'
import { importRoster } from './imports.ts'
import { type OrganisationRow, organisationsCsv } from './people.ts'
import { register } from './register.ts'
import { surroundings } from './surroundings.ts'
import { until } from './until.ts'
import { sharedWorld, type World } from './world.ts'

export const issuer = 'https://id.example.test'

/** A county of a test's own: nothing in it belongs to another test. */
export type County = {
  id: string
  /** Six digits; the codes of its organisations begin with them. */
  code: string
  admin: Actor
  world: World
}

/** Who an account is and what it holds today, as the org service tells the gateway. */
export async function actorOf(
  world: World,
  subject: string,
  scopes: string[] = [],
  signedInAt: string = issuer,
): Promise<Actor> {
  const answer = await send(world.urls.org, systemActor(randomUUID()), {
    path: '/internal/grants',
    body: { issuer: signedInAt, subject },
  })
  if (answer.status !== 200) throw new Error(`no grants for ${subject}: ${answer.status}`)
  return { ...JSON.parse(answer.text), scopes }
}

/** A new county with its first administrator. */
export async function createCounty(world: World = sharedWorld()): Promise<County> {
  for (;;) {
    const code = String(randomInt(110_000, 660_000))
    const [taken] = await look('org', 'select 1 from county where code = $1', [code], world.databaseSuffix)
    if (taken) continue
    const subject = `admin-${randomUUID()}`
    const id = await register('county', databaseUrl(surroundings(), 'org', world.databaseSuffix), {
      code,
      name: `测试区${code}`,
      adminIssuer: issuer,
      adminSubject: subject,
    })
    return { id, code, admin: await actorOf(world, subject), world }
  }
}

/** Code of a county's nth organisation. */
export const orgCode = (county: { code: string }, n: number): string => `${county.code}${String(n).padStart(9, '0')}`

type NewOrganisation = { code: string; name: string; kind?: string; superiorCode: string; termEnd?: string }

/** A term begins three years before its end. */
const termStart = (end: string): string => end && `${Number(end.slice(0, 4)) - 3}${end.slice(4)}`

export const organisationRow = ({ termEnd = '', ...organisation }: NewOrganisation): OrganisationRow => ({
  党组织代码: organisation.code,
  党组织名称: organisation.name,
  组织类别: organisation.kind ?? '党支部',
  上级党组织代码: organisation.superiorCode,
  本届任期开始日期: termStart(termEnd),
  任期届满日期: termEnd,
  书记姓名: '',
})

/** Ids (as the API shows them) of a county's organisations by code. */
export type Tree = Record<string, string>

/**
 * Brings organisations in by a roster and waits until every service knows them.
 * @returns their ids by code
 */
async function seedOrganisations(county: County, organisations: readonly NewOrganisation[]): Promise<Tree> {
  const csv = organisationsCsv(organisations.map(organisationRow))
  const done = await importRoster(county.world, county.admin, 'org', csv)
  if (done.errors > 0 || done.state !== 'COMMITTED') throw new Error(`roster refused: ${JSON.stringify(done)}`)
  await everywhereKnown(county)
  return treeOf(county)
}

export async function treeOf(county: County): Promise<Tree> {
  const rows = await look(
    'org',
    'select code, id from organisation where county_id = $1',
    [county.id],
    county.world.databaseSuffix,
  )
  return Object.fromEntries(rows.map(row => [row.code, `Organisation:${row.id}`]))
}

/** Waits until every service has the same tree as org, to the version, as `look` sees it. */
export async function treesAgree(look: Look, countyId: string, timeoutMs = 30_000): Promise<void> {
  const sql = 'select id, version, path::text from org_node where county_id = $1 order by id'
  const treeIn = async (service: ServiceName) => JSON.stringify(await look(service, sql, [countyId]))
  for (const service of services)
    await until(
      async () => (await treeIn(service)) === (await treeIn('org')),
      timeoutMs,
      `${service} has the tree of org`,
    )
}

export const everywhereKnown = ({ id, world }: County): Promise<void> =>
  treesAgree((service, sql, values) => look(service, sql, values, world.databaseSuffix), id)

/**
 * A county committee (1) with committees A (2) and B (3), branches A1 (4) and A2 (5) under A, and B1 (6) under B.
 */
export async function seedTwoCommittees(county: County) {
  const at = (n: number) => orgCode(county, n)
  const tree = await seedOrganisations(county, [
    { code: at(1), name: '县委', kind: '县级党委', superiorCode: '' },
    { code: at(2), name: '甲街道党工委', kind: '党工委', superiorCode: at(1) },
    { code: at(3), name: '乙镇党委', kind: '党委', superiorCode: at(1) },
    { code: at(4), name: '甲一社区党支部', superiorCode: at(2) },
    { code: at(5), name: '甲二社区党支部', superiorCode: at(2) },
    { code: at(6), name: '乙一村党支部', superiorCode: at(3) },
  ])
  const place = (n: number) => ({ code: at(n), id: tree[at(n)] as string })
  return { root: place(1), a: place(2), b: place(3), a1: place(4), a2: place(5), b1: place(6) }
}

type Place = { code: string; id: string }

/** One committee with one branch. */
export async function seedBranch(county: County): Promise<{ root: Place; branch: Place }> {
  const at = (n: number) => orgCode(county, n)
  const tree = await seedOrganisations(county, [
    { code: at(1), name: '县委', kind: '县级党委', superiorCode: '' },
    { code: at(2), name: '甲社区党支部', superiorCode: at(1) },
  ])
  return { root: { code: at(1), id: tree[at(1)] as string }, branch: { code: at(2), id: tree[at(2)] as string } }
}

/** Makes an account and, with `role`, appoints it; as the county's administrator does. @returns its subject and id */
export async function seedAccount(
  county: County,
  options: {
    keptBy: string
    kind?: 'PERSON' | 'APP'
    memberId?: string | null
    role?: OfficeRole
    at?: string
    startsOn?: string
    endsOn?: string
  },
): Promise<{ subject: string; accountId: string; officeId: string | null }> {
  const subject = `${options.role ?? 'member'}-${randomUUID()}`
  const by = askerAt(county.world, county.admin)
  const { keptBy: organisationId, kind = 'PERSON', memberId = null } = options
  const accountId = await linkAccount(by, { organisationId, kind, issuer, subject, memberId })
  if (!options.role) return { subject, accountId, officeId: null }
  const { at = organisationId, role, startsOn, endsOn } = options
  const officeId = await appointOffice(by, { accountId, organisationId: at, role, startsOn, endsOn })
  return { subject, accountId, officeId }
}

/** Somebody who holds an office, with the grants that the org service gives them today. */
export async function seedActor(
  county: County,
  role: OfficeRole,
  at: string,
  options: { kind?: 'PERSON' | 'APP'; memberId?: string; scopes?: string[] } = {},
): Promise<Actor> {
  const { subject } = await seedAccount(county, {
    keptBy: at,
    role,
    at,
    kind: options.kind,
    memberId: options.memberId,
  })
  return actorOf(county.world, subject, options.scopes ?? [])
}
