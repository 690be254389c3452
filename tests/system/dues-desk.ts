import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { shanghaiDay } from '@linghang/access'
import { uuidOf } from '@linghang/harness/ask'
import { fullMember, membersCsv } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays, addMonths } from '@linghang/rulebook'
import type { Caller, Data } from './api.ts'
import { type County, importSound, newCounty, newHolder, orgCode, seedOrganisations, smallTree } from './county.ts'
import { look, quiet } from './look.ts'
import { surroundings } from './surroundings.ts'

export const today = shanghaiDay(new Date())
export type DuesDesk = Awaited<ReturnType<typeof openDuesDesk>>

/** What a mutation of dues is sent as: its input's type is called by its name. */
export const mutationOf = (name: string, selection = '__typename'): string =>
  `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { done: ${name}(input: $input) { ${selection} } }`

/** A county with a dues account, two branches, members of them with accounts of their own, and who works with dues there. */
export async function openDuesDesk() {
  const county: County = await newCounty()
  const ids = await seedOrganisations(county, smallTree(county, {}))
  const at = (n: number) => ids[orgCode(county, n)] as string
  const names = ['甲一', '甲二', '乙一'] as const
  const rows = names.map((姓名, n) =>
    fullMember(county.code, orgCode(county, n < 2 ? 3 : 4), {
      ...{ 姓名, 党费人员类别: '按月薪', '党费计算基数（元/月）': `${6_000 + n}.00` },
    }),
  )
  await importSound(county.admin, 'Member', membersCsv(rows))
  await quiet()
  const found = await look('members', 'select id, name from member where county_id = $1', [county.id])
  const members = names.map(name => `Member:${found.find(row => row.name === name)?.id}`)
  const done = async (by: Caller, name: string, input: object, selection?: string): Promise<Data> =>
    (await by.askUntyped(mutationOf(name, selection), { input })).done
  const opened = await done(
    county.admin,
    'openDuesAccount',
    {
      ...{ organisationId: at(1), bank: 'ICBC', bankNumber: '6222021203001234567', openedOn: addMonths(today, -2) },
    },
    'account { id }',
  )
  for (const n of [3, 4])
    await done(county.admin, 'recordDuesIncome', {
      ...{ organisationId: at(n), reason: 'OPENING_BALANCE', amountFen: '1000000', note: '期初' },
    })
  const holder = async (n: number, role: Parameters<typeof newHolder>[2], memberId?: string) =>
    (await newHolder(county, at(n), role, memberId ? { memberId } : {})).caller
  const [own, other] = [await holder(3, null, members[0]), await holder(3, null, members[1])]
  const callers = {
    ...{ own, other, treasurer: await holder(3, 'TREASURER'), neighbour: await holder(4, 'TREASURER') },
    ...{ above: await holder(2, 'SECRETARY'), cashier: await holder(1, 'CASHIER') },
  }

  /** A request to spend of a branch. @returns its id */
  const request = async (n: 3 | 4, amountFen: string): Promise<string> =>
    (
      await done(
        n === 3 ? callers.treasurer : callers.neighbour,
        'requestSpending',
        { organisationId: at(n), use: 'FLAGS', amountFen, payee: '制旗厂', purpose: '党旗' },
        'spending { id }',
      )
    ).spending.id
  /** A closed meeting of a branch's committee that has agreed to requests, once dues have heard of it. */
  async function meet(n: 3 | 4, decided: { spendingId: string; amountFen: string }[]): Promise<void> {
    const memberId = members[n === 3 ? 0 : 2]
    const ballots = { due: 1, present: 1, inFavour: 1, against: 0, abstained: 0 }
    const { meeting } = await done(
      county.admin,
      'recordMeeting',
      {
        ...{ organisationId: at(n), kind: 'BRANCH_COMMITTEE' },
        content: {
          ...{ heldOn: addDays(today, -1), participantIds: [memberId], presentIds: [memberId] },
          resolutions: decided.map(one => ({
            ...{ matter: 'SPENDING', text: '同意使用党费', decision: 'COLLECTIVE_AGREEMENT', ballots, ...one },
          })),
        },
      },
      'meeting { id }',
    )
    await done(county.admin, 'closeMeeting', { id: meeting.id })
    const heard = () =>
      look('dues', 'select 1 from dues_spending_resolution where meeting_id = $1', [uuidOf(meeting.id)])
    await until(async () => (await heard()).length === decided.length, 30_000, 'dues have heard of the meeting')
  }
  /** A request that is approved, and the money held. */
  async function approved(n: 3 | 4, amountFen: string): Promise<string> {
    const id = await request(n, amountFen)
    await meet(n, [{ spendingId: id, amountFen }])
    await done(n === 3 ? callers.treasurer : callers.neighbour, 'submitSpending', { id })
    await done(callers.above, 'decideSpending', { id, approve: true })
    return id
  }
  let papers = 0
  const voucher = async (n: 3 | 4, id: string, amountFen: string): Promise<string> =>
    (
      await done(
        n === 3 ? callers.treasurer : callers.neighbour,
        'recordSpendingVoucher',
        { id, number: `26-${++papers}`, issuer: '制旗厂', issuedOn: today, amountFen },
        'voucherId',
      )
    ).voucherId

  /** Everything of the county in the books and beside them, as one hash a table. */
  async function stateOf(): Promise<Record<string, string>> {
    const tables = await look(
      'dues',
      `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'county_id'
         and (table_name like 'dues\\_%' or table_name like 'ledger\\_%') order by 1`,
    )
    const state: Record<string, string> = {}
    for (const { name } of tables) {
      const rows = await look('dues', `select t::text as text from ${name} t where county_id = $1 order by 1`, [
        county.id,
      ])
      state[name] = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
    }
    return state
  }
  return {
    ...{ county, at, members, callers, done, request, meet, approved, voucher, stateOf },
    accountId: opened.account.id as string,
    /** `npm run ledger:verify` for the county. @returns what it says */
    async verify(): Promise<string> {
      const { root, postgresUrl } = surroundings()
      const args = ['--disable-warning=ExperimentalWarning', `${root}/services/dues/src/ledger/command.ts`]
      const { stdout } = await promisify(execFile)(process.execPath, [...args, '--county', county.id], {
        env: { ...process.env, DATABASE_URL: `${postgresUrl}/dues` },
      })
      return stdout
    },
  }
}
