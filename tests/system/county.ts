import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addAccounts, addClient, obtainAppToken, obtainPersonToken } from '@linghang/devstack'
import { appointOffice, linkAccount } from '@linghang/harness/accounts'
import { dataOf } from '@linghang/harness/ask'
import { organisationRow, orgCode, treesAgree } from '@linghang/harness/county'
import type { AccountKind, OfficeRole } from '@linghang/harness/generated/org'
import { type ImportState, importEnded, importsOf } from '@linghang/harness/imports'
import { organisationsCsv } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { registerCity } from '../../deploy/local/src/city.ts'
import { registerCounty } from '../../deploy/local/src/county.ts'
import type { Platform } from '../../deploy/local/src/platform.ts'
import { askerOf, type Caller, createCaller } from './api.ts'
import { countyIdOf, look } from './look.ts'
import { surroundings } from './surroundings.ts'

/** A county of a test's own, with its administrator. */
export type County = { id: string; code: string; admin: Caller }

const accountsFile = () => join(surroundings().stateDir, 'accounts.json')
const clientsFile = () => join(surroundings().stateDir, 'clients.json')

/** The county's administrator, signed in. */
export async function signIn(username: string, password: string): Promise<Caller> {
  const { accessToken } = await obtainPersonToken({ issuer: surroundings().issuer, username, password })
  return createCaller(accessToken)
}

/** A new county whose administrator is signed in. */
export async function newCounty(): Promise<County> {
  const { stateDir, issuer, postgresUrl } = surroundings()
  for (;;) {
    const code = String(randomInt(110_000, 660_000))
    if ((await look('org', 'select 1 from county where code = $1', [code])).length > 0) continue
    const admin = await registerCounty(
      {
        stateDir,
        addresses: { issuer } as Platform['addresses'],
        addAccounts: accounts => addAccounts(accountsFile(), accounts),
        databaseUrl: service => `${postgresUrl}/${service}`,
      },
      { code, name: `测试区${code}` },
    )
    return { code, id: await countyIdOf(code), admin: await signIn(admin.username, admin.password) }
  }
}

/** An office of a new city to which these counties belong, signed in. */
export async function newCityOffice(counties: readonly County[]): Promise<Caller> {
  const { stateDir, issuer, postgresUrl } = surroundings()
  const code = String(randomInt(700_000, 1_000_000))
  const office = await registerCity(
    {
      stateDir,
      addresses: { issuer } as Platform['addresses'],
      addAccounts: accounts => addAccounts(accountsFile(), accounts),
      databaseUrl: service => `${postgresUrl}/${service}`,
    },
    { code, name: `测试市${code}`, office: '市委组织部', counties: counties.map(county => county.code) },
  )
  return signIn(office.username, office.password)
}

export { orgCode }

/** A roster of organisations. */
export const rosterOf = (organisations: Parameters<typeof organisationRow>[0][]): string =>
  organisationsCsv(organisations.map(organisationRow))

const services = { Organisation: 'org', Member: 'members' } as const
type Kind = keyof typeof services
const importsBy = (caller: Caller, kind: Kind) => importsOf(askerOf(caller))[services[kind]]

/** Makes an import and puts its file. @returns its id */
export async function uploadRoster(caller: Caller, kind: Kind, file: string | Uint8Array): Promise<string> {
  const { made } = dataOf(await importsBy(caller, kind).create({}))
  const status = await caller.put(made.putTo, file)
  if (status >= 300) throw new Error(`the file was not taken: ${status}`)
  return made.import.id
}

export async function requestCommit(caller: Caller, kind: Kind, id: string): Promise<void> {
  dataOf(await importsBy(caller, kind).commit(id, 'VALID'))
}

export const readImport = async (caller: Caller, kind: Kind, id: string): Promise<ImportState> =>
  dataOf(await importsBy(caller, kind).read(id)).found

/** Brings a roster in through the gateway and waits until it has ended. */
export async function importRoster(caller: Caller, kind: Kind, file: string | Uint8Array): Promise<ImportState> {
  const id = await uploadRoster(caller, kind, file)
  await requestCommit(caller, kind, id)
  return until(
    async () => {
      const found = await readImport(caller, kind, id)
      return importEnded(found) ? found : null
    },
    120_000,
    `the import of ${kind} ends`,
  )
}

/** @throws Error when a row was refused */
export async function importSound(caller: Caller, kind: Kind, file: string | Uint8Array): Promise<ImportState> {
  const ended = await importRoster(caller, kind, file)
  if (ended.state !== 'COMMITTED' || ended.errors > 0)
    throw new Error(`the roster was refused: ${JSON.stringify(ended)}`)
  return ended
}

/** Brings organisations in and waits until every service knows them. @returns their ids by code */
export async function seedOrganisations(county: County, file: string): Promise<Record<string, string>> {
  await importSound(county.admin, 'Organisation', file)
  await treesAgree(look, county.id, 60_000)
  const rows = await look('org', 'select code, id from organisation where county_id = $1', [county.id])
  return Object.fromEntries(rows.map(({ code, id }) => [code, `Organisation:${id}`]))
}

/** A committee (2) below the county's (1), and branches (3, 4) below it: the least in which siblings can be told apart. */
export const smallTree = (county: County, terms: Record<number, string> = {}): string =>
  rosterOf(
    [
      { n: 1, name: '县委', kind: '县级党委', under: 0 },
      { n: 2, name: '甲街道党工委', kind: '党工委', under: 1 },
      { n: 3, name: '甲一党支部', kind: '党支部', under: 2 },
      { n: 4, name: '甲二党支部', kind: '党支部', under: 2 },
      { n: 5, name: '乙镇党委', kind: '党委', under: 1 },
      { n: 6, name: '乙一党支部', kind: '党支部', under: 5 },
    ].map(({ n, name, kind, under }) => ({
      code: orgCode(county, n),
      name,
      kind,
      superiorCode: under ? orgCode(county, under) : '',
      ...(terms[n] ? { termEnd: terms[n] } : {}),
    })),
  )

/** Somebody new who can sign in, with an office when a role is given. */
export async function newHolder(
  county: County,
  at: string,
  role: OfficeRole | null,
  options: { memberId?: string } = {},
): Promise<{ caller: Caller; accountId: string; officeId: string | null; username: string }> {
  const username = `${(role ?? 'member').toLowerCase()}-${randomUUID()}`
  const password = randomBytes(12).toString('base64url')
  await addAccounts(accountsFile(), [{ username, password, sub: username }])
  const accountId = await link(county, at, 'PERSON', username, options.memberId)
  const officeId = role ? await appoint(county, accountId, at, role) : null
  return { caller: await signIn(username, password), accountId, officeId, username }
}

/** An app that holds an office and a token of these scopes. */
export async function newApp(county: County, at: string, scopes: string[]): Promise<Caller> {
  const clientId = `app-${randomUUID()}`
  const secret = randomBytes(24).toString('base64url')
  await addClient(clientsFile(), { clientId, secret, scopes })
  await appoint(county, await link(county, at, 'APP', clientId), at, 'APP')
  const { issuer } = surroundings()
  const { accessToken } = await obtainAppToken({ issuer, clientId, clientSecret: secret, scope: scopes.join(' ') })
  return createCaller(accessToken)
}

const link = (
  county: County,
  organisationId: string,
  kind: AccountKind,
  subject: string,
  memberId: string | null = null,
) => linkAccount(askerOf(county.admin), { organisationId, kind, issuer: surroundings().issuer, subject, memberId })

export const appoint = (county: County, accountId: string, organisationId: string, role: OfficeRole) =>
  appointOffice(askerOf(county.admin), { accountId, organisationId, role })

export const readRosterFile = (folder: string, name: 'organisations.csv' | 'members.csv'): Promise<Buffer> =>
  readFile(join(folder, name))
