import { randomUUID } from 'node:crypto'
import { type Actor, createInternalTokenSigner, systemActor, writeOrgNodes } from '@linghang/access'
import pg from 'pg'
import { accountCount, limited, limitFen, payerCount } from './plan.ts'
import type { Stack } from './stack.ts'

/** A county of one committee with its fifty branches, each with a little money, and who keeps its books. */
export async function openStormBooks(stack: Stack) {
  const actor: Actor = {
    ...{ ...systemActor(randomUUID()), kind: 'PERSON', accountId: randomUUID() },
    grants: [{ role: 'ADMIN', orgId: null }],
  }
  const committee = randomUUID()
  const branches = Array.from({ length: accountCount }, () => randomUUID())
  const client = new pg.Client({ connectionString: stack.superuserUrl })
  await client.connect()
  const tx = {
    $queryRawUnsafe: async <T>(text: string, ...values: unknown[]) => (await client.query(text, values)).rows as T,
    $executeRawUnsafe: async (text: string, ...values: unknown[]) => (await client.query(text, values)).rowCount ?? 0,
  }
  const node = { countyId: actor.countyId, name: '党组织', unitKind: null, approves: null, version: 1 }
  await writeOrgNodes(tx, [
    { ...node, id: committee, superiorId: null, code: 'storm', kind: 'COMMITTEE' },
    ...branches.map((id, n) => ({ ...node, id, superiorId: committee, code: `storm-${n}`, kind: 'BRANCH' })),
  ])
  const sign = await createInternalTokenSigner(stack.key)
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its question.
  const ask = async (query: string, variables: object, by = actor): Promise<{ data: any; code: string | null }> => {
    const response = await fetch(`${stack.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await sign(by)}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(120_000),
    })
    const { data, errors = [] } = (await response.json()) as {
      data: unknown
      errors?: { extensions?: { code?: string } }[]
    }
    return { data, code: errors.length > 0 ? (errors[0]?.extensions?.code ?? 'INTERNAL') : null }
  }
  const done = async (query: string, variables: object) => {
    const { data, code } = await ask(query, variables)
    if (code) throw new Error(`${query.slice(0, 80)}: ${code}`)
    return data
  }
  const { openDuesAccount } = await done(
    'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
    { input: { organisationId: `Organisation:${committee}`, bank: 'ICBC', bankNumber: '6222021203001234567' } },
  )
  const { rows } = await client.query(`select org_id, id from ledger_account where kind = 'VIRTUAL' and nearest`)
  const accountOf = new Map(rows.map(({ org_id, id }) => [String(org_id), String(id)]))
  const accounts = branches.map(id => accountOf.get(id) ?? '')
  for (const account of accounts.slice(0, limited))
    await done('mutation ($input: SetDuesLimitInput!) { setDuesLimit(input: $input) { account { id } } }', {
      input: { accountId: `DuesAccount:${account}`, period: 'YEAR', limitFen: `${limitFen}`, basis: '限额' },
    })
  const payers = await openPayers(client, actor.countyId, branches)
  await client.end()
  return {
    ...{ actor, ask, branches, accounts, payers },
    keeperId: String(openDuesAccount.account.id).split(':')[1] ?? '',
  }
}
/** Members who owe dues, one after the other at the branches, as the register tells of them. */
async function openPayers(client: pg.Client, countyId: string, branches: readonly string[]): Promise<Actor[]> {
  const payers = Array.from({ length: payerCount }, (_, n): Actor => {
    const [memberId, accountId] = [randomUUID(), randomUUID()]
    return {
      ...systemActor(countyId),
      kind: 'PERSON',
      accountId,
      memberId,
      memberOrgId: branches[n % branches.length] ?? '',
    }
  })
  await client.query(
    `insert into dues_record (member_id, county_id, org_id, kind, category, base_fen, owes, complete, version, known_on)
     select m.id, $1, m.org_id, 'FULL', 'MONTHLY_SALARY', 300000, true, true, 1, '2020-01-01'
     from unnest($2::uuid[], $3::uuid[]) as m (id, org_id)`,
    [countyId, payers.map(({ memberId }) => memberId), payers.map(({ memberOrgId }) => memberOrgId)],
  )
  return payers
}

export type StormBooks = Awaited<ReturnType<typeof openStormBooks>>
