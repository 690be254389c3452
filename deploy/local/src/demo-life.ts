import { shanghaiDay } from '@linghang/access'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import { type ApiClient, present } from './api-client.ts'

/** Whose organisational life the demo shows. */
const branch = '330302000000004'
const months = 3
/** Who sits in its committee, in the order of the register. */
const posts = ['SECRETARY', 'ORGANISATION', 'DISCIPLINE'] as const

type Member = { id: string; kind: string }
type Kind = 'BRANCH_COMMITTEE' | 'BRANCH_ASSEMBLY' | 'GROUP_MEETING' | 'CLASS' | 'THEME_DAY'

async function branchOf(by: ApiClient) {
  const { organisation } = await by.ask(
    'query ($code: String!) { organisation(code: $code) { id members(first: 100, filter: { kinds: [PROBATIONARY, FULL] }) { nodes { id kind } } } }',
    { code: branch },
  )
  const { id, members } = present(organisation, branch)
  return { id, members: members.nodes as Member[] }
}

async function seat(by: ApiClient, organisationId: string, members: readonly Member[], from: string): Promise<void> {
  for (const [i, post] of posts.entries())
    await by.ask('mutation ($input: RecordSeatInput!) { recordSeat(input: $input) { seat { id } } }', {
      input: {
        ...{ organisationId, memberId: present(members[i] ?? null, post).id, post, entry: 'ELECTED' as const },
        ...{ from, evidence: '上次换届选举结果批复', idempotencyKey: `demo/life/seat/${post}/${from}` },
      },
    })
}

/** Two groups, of every other member each. @returns whose they are */
async function group(by: ApiClient, organisationId: string, members: readonly Member[]): Promise<string[][]> {
  const groups = [0, 1].map(n => members.filter((_, i) => i % 2 === n).map(({ id }) => id))
  for (const [n, memberIds] of groups.entries())
    await by.ask('mutation ($input: FormPartyGroupInput!) { formPartyGroup(input: $input) { group { id } } }', {
      input: {
        ...{ organisationId, name: n === 0 ? '第一党小组' : '第二党小组', memberIds, leaderId: memberIds[0] },
        idempotencyKey: `demo/life/group/${n}`,
      },
    })
  return groups
}

type Held = {
  kind: Kind
  heldOn: string
  title: string
  outcome: string
  /** Whose meeting it is, where not everybody's. */
  of: string[]
  present: string[]
  leave: string[]
  n?: number
}

/** Recorded and closed. Begun again on another day it is the same meeting. */
async function hold(by: ApiClient, organisationId: string, held: Held): Promise<void> {
  const { kind, heldOn, title, outcome, of: participantIds, present: presentIds, leave, n = 0 } = held
  const key = `demo/life/${kind}/${n}/${heldOn}`
  const leaves = leave.map(memberId => ({ memberId, reason: '出差' }))
  const content = { heldOn, place: '党员活动室', items: [{ title, outcome }], participantIds, presentIds, leaves }
  const { recordMeeting } = await by.ask(
    'mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id } } }',
    { input: { organisationId, kind, content, idempotencyKey: key } },
  )
  await by.ask('mutation ($input: CloseMeetingInput!) { closeMeeting(input: $input) { meeting { id } } }', {
    input: { id: present(recordMeeting.meeting, kind).id, idempotencyKey: `${key}/closed` },
  })
}

/** What is held of each month before this one: one theme day is missing, so that the ledger has something to say. */
function heldOf(month: string, n: number, members: readonly Member[], groups: readonly string[][]): Held[] {
  const full = members.filter(({ kind }) => kind === 'FULL').map(({ id }) => id)
  const everybody = members.map(({ id }) => id)
  const [away = '', committee] = [full.at(-1), full.slice(0, posts.length)]
  const most = (ids: readonly string[]) => ids.filter(id => id !== away)
  const at = (day: number) => addDays(month, day - 1)
  const some = { of: [], leave: [away] }
  return [
    {
      ...{
        kind: 'BRANCH_COMMITTEE',
        heldOn: at(5),
        title: '研究当月工作和发展对象培养',
        outcome: '分工到人，月底前完成',
      },
      ...{ of: committee, present: committee, leave: [] },
    },
    ...groups.map(
      (of, i): Held => ({
        ...{ kind: 'GROUP_MEETING', heldOn: at(12), title: '学习原文，开展谈心', outcome: '无', of, n: i },
        ...{ present: most(of), leave: of.includes(away) ? [away] : [] },
      }),
    ),
    ...(n === 1
      ? []
      : [
          {
            ...{
              kind: 'THEME_DAY' as const,
              heldOn: at(15),
              title: '清理河道志愿服务',
              outcome: '下月继续，第二小组负责',
            },
            ...{ ...some, present: most(everybody) },
          },
        ]),
    ...(n === 0
      ? [
          {
            ...{
              kind: 'BRANCH_ASSEMBLY' as const,
              heldOn: at(20),
              title: '听取支部委员会季度工作报告',
              outcome: '通过报告',
            },
            ...{ ...some, present: most(full) },
          },
          {
            ...{ kind: 'CLASS' as const, heldOn: at(22), title: '党课：基层治理与党员作用', outcome: '无' },
            ...{ ...some, present: most(everybody) },
          },
        ]
      : []),
  ] as Held[]
}

/**
 * Gives a branch of the demo a quarter of organisational life: who sits in its committee, its groups, a theme from above, the
 * year's plan, and what was held of the last three months, with one theme day missing. Begun again it goes on.
 * @param deps.keeper who records seats
 * @param deps.above the committee above, which gives the theme
 */
export async function loadDemoLife(deps: { keeper: ApiClient; above: ApiClient; branch: ApiClient }): Promise<void> {
  const { keeper, above, branch: by } = deps
  const { id: organisationId, members } = await branchOf(by)
  const full = members.filter(({ kind }) => kind === 'FULL')
  const today = shanghaiDay(new Date())
  const first = addMonths(monthOf(today), -months)
  await seat(keeper, organisationId, full, first)
  const groups = await group(by, organisationId, members)
  await above.ask('mutation ($input: GiveLifeThemeInput!) { giveLifeTheme(input: $input) { theme { id } } }', {
    input: {
      ...{ organisationId, from: monthOf(today), until: addDays(addMonths(monthOf(today), 3), -1) },
      ...{
        text: '学习贯彻全会精神',
        basis: '区委组织部年度工作安排',
        idempotencyKey: `demo/life/theme/${monthOf(today)}`,
      },
    },
  })
  await by.ask('mutation ($input: MakeLifePlanInput!) { makeLifePlan(input: $input) { plan { id } } }', {
    input: {
      organisationId,
      period: 'YEAR' as const,
      day: today,
      idempotencyKey: `demo/life/plan/${today.slice(0, 4)}`,
    },
  })
  for (let n = 0; n < months; n += 1)
    for (const held of heldOf(addMonths(first, n), n, members, groups)) await hold(by, organisationId, held)
}
