import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { obtainPersonToken } from '@linghang/devstack'
import { type ApiClient, createApiClient, present } from './api-client.ts'
import { registerCounty } from './county.ts'
import { type DemoAccount, readDemoAccounts, writeDemoAccounts } from './demo-accounts.ts'
import { loadDemoDues } from './demo-dues.ts'
import { loadDemoElection } from './demo-election.ts'
import { loadDemoLife } from './demo-life.ts'
import { loadDemoScores } from './demo-scores.ts'
import { loadDemoSpending } from './demo-spending.ts'
import { repositoryDir } from './env.ts'
import type { LinkAccountInput, OfficeRole } from './generated/operations.ts'
import { importRoster, summarise, waitForOrganisations } from './import-rosters.ts'
import type { Platform, PlatformProgress } from './platform.ts'

const county = { code: '330302', name: '鹿城区 Lucheng' }
/** A few branches of it, to see a county that scores by another pack. */
const neighbour = { code: '330203', name: '海曙区 Haishu' }
const rosterDir = (name: 'lucheng' | 'haishu') => join(repositoryDir, 'deploy/local/demo', name)
const app = 'demo-app'
const appScopes = ['org:read', 'members:read', 'dues:read', 'assessment:read', 'workflows:read']

/** Who is there to try the platform as; people who hold the office of several branches show what each of them sees. */
const holders = [
  { role: 'LEADER', code: '330302000000001' },
  { role: 'SECRETARY', code: '330302000000001' },
  { role: 'DISCIPLINE_INSPECTOR', code: '330302000000001' },
  { role: 'SECRETARY', code: '330302000000002' },
  { role: 'SECRETARY', code: '330302000000004' },
  { role: 'SECRETARY', code: '330302000000005' },
  { role: 'MEMBER', code: '330302000000004' },
] as const

/**
 * Loads the demo district through the API, as an office would: its county, its rosters, people with offices, an app.
 * Cut off at any point and begun again it goes on: every step may be repeated.
 */
export async function loadDemo(platform: Platform, report: (event: PlatformProgress) => void): Promise<void> {
  const say = (detail: string) => report({ step: 'demo', detail })
  const api = await enter(platform, county, 'lucheng', say)
  for (const { role, code } of holders) await addHolder(platform, api, role, code)
  await addApp(platform, api)
  say('账号与职务 accounts and offices')
  const organiser = await signedIn(platform, 'secretary-330302000000001')
  await loadDemoDues({ keeper: api, organiser })
  say('一年的党费账 a year of dues')
  const secretary = await signedIn(platform, 'secretary-330302000000004')
  await loadDemoSpending({ keeper: api, above: organiser, branch: secretary })
  say('各环节的党费支出 spending in each state')
  await loadDemoLife({ keeper: api, above: organiser, branch: secretary })
  say('一个季度的组织生活 a quarter of organisational life')
  const electing = await signedIn(platform, 'secretary-330302000000005')
  await loadDemoElection({ keeper: api, above: organiser, branch: electing })
  say('办理中的换届选举 an election under way')
  const quarterly = { library: 's0-quarterly', title: '机关党建季度考核办法', number: '鹿委组发〔2026〕7号' }
  await loadDemoScores({ keeper: api, ...quarterly, organ: '中共鹿城区委组织部', months: 6, every: 3 })
  say('按季度计分，两个季度在前 scored by the quarter, two behind')
  const other = await enter(platform, neighbour, 'haishu', say)
  const monthly = { library: 's1-monthly', title: '党员、支部月度考核办法', number: '海委组发〔2026〕3号' }
  await loadDemoScores({ keeper: other, ...monthly, organ: '中共海曙区委组织部', months: 2, every: 1 })
  say('邻县按月计分 a neighbour scored by the month')
}

/** A county with its rosters, as its first administrator enters it. */
async function enter(
  platform: Platform,
  { code, name }: typeof county,
  roster: 'lucheng' | 'haishu',
  say: (detail: string) => void,
): Promise<ApiClient> {
  const admin = await registerCounty(platform, { code, name })
  say(`县 county ${code} ${name}`)
  const { issuer } = platform.addresses
  const { accessToken } = await obtainPersonToken({ issuer, username: admin.username, password: admin.password })
  const api = createApiClient(platform.gatewayUrl, async () => accessToken)
  for (const [kind, file] of [
    ['Organisation', 'organisations.csv'],
    ['Member', 'members.csv'],
  ] as const) {
    if (kind === 'Member') await waitForOrganisations(api, say)
    const outcome = await importRoster(
      api,
      { kind, file: join(rosterDir(roster), file), mode: 'VALID', previewOnly: false },
      say,
    )
    say(summarise(kind, outcome))
    if (outcome.errors > 0)
      say(
        `示例名册里故意放了 ${outcome.errors} 处错误，平台没有写入这些行 · the demo roster holds ${outcome.errors} faults on purpose, their rows are not taken (npm run import -- --county ${code} --preview deploy/local/demo/${roster}/organisations.csv deploy/local/demo/${roster}/members.csv)`,
      )
  }
  return api
}

/** An account of the demo, as its holder asks. */
async function signedIn(platform: Platform, username: string): Promise<ApiClient> {
  const found = (await readDemoAccounts(platform.stateDir)).find(one => one.username === username)
  const { password } = present(found ?? null, username)
  const { accessToken } = await obtainPersonToken({ issuer: platform.addresses.issuer, username, password })
  return createApiClient(platform.gatewayUrl, async () => accessToken)
}

async function find(api: ApiClient, code: string) {
  const { organisation } = await api.ask(
    'query ($code: String!) { organisation(code: $code) { id name members(first: 1, filter: { kinds: [FULL] }) { nodes { id } } } }',
    { code },
  )
  return present(organisation, code)
}

async function addHolder(
  platform: Platform,
  api: ApiClient,
  role: (typeof holders)[number]['role'],
  code: string,
): Promise<void> {
  const organisation = await find(api, code)
  const username = `${role.toLowerCase()}-${code}`
  const known = await readDemoAccounts(platform.stateDir)
  const account: DemoAccount = known.find(one => one.username === username) ?? {
    username,
    role: role.toLowerCase(),
    organisationCode: code,
    organisationName: organisation.name,
    password: randomBytes(12).toString('base64url'),
  }
  await platform.addAccounts([{ username, password: account.password, sub: username }])
  const memberId = role === 'MEMBER' ? organisation.members.nodes[0]?.id : null
  await appoint(
    api,
    { organisationId: organisation.id, subject: username, kind: 'PERSON', memberId, issuer: platform.addresses.issuer },
    role,
  )
  await writeDemoAccounts(platform.stateDir, [...known.filter(one => one.username !== username), account])
}

async function addApp(platform: Platform, api: ApiClient): Promise<void> {
  const organisation = await find(api, '330302000000001')
  await platform.addClient({ clientId: app, secret: randomBytes(24).toString('base64url'), scopes: appScopes })
  await appoint(
    api,
    { organisationId: organisation.id, subject: app, kind: 'APP', issuer: platform.addresses.issuer },
    'APP',
  )
}

/** Makes an account known and gives it its office; whoever is only a member holds none. */
async function appoint(
  api: ApiClient,
  link: Omit<LinkAccountInput, 'idempotencyKey'>,
  role: OfficeRole | 'MEMBER',
): Promise<void> {
  const { linkAccount } = await api.ask(
    'mutation ($input: LinkAccountInput!) { linkAccount(input: $input) { account { id } } }',
    { input: { ...link, idempotencyKey: `demo/${link.subject}` } },
  )
  if (role === 'MEMBER') return
  await api.ask('mutation ($input: AppointOfficeInput!) { appointOffice(input: $input) { office { id } } }', {
    input: {
      accountId: present(linkAccount.account, link.subject).id,
      organisationId: link.organisationId,
      role,
      idempotencyKey: `demo/${link.subject}/${role}`,
    },
  })
}
