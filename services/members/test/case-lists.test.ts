import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { dataOf } from '@linghang/harness/ask'
import { rows } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { type Branch, newBranch, ofOrganisation, openDesk } from './case-desk.ts'

jest.setTimeout(180_000)

const today = shanghaiDay(new Date())

describe('S0-13 lists, counts and statistics', () => {
  let branch: Branch
  beforeAll(async () => {
    branch = await newBranch([
      rows.applicant('早申请', '2020-01-31'),
      rows.applicant('新申请', addDays(today, -2)),
      rows.activist('积极分子', '2024-03-04'),
      { ...rows.candidate('发展对象', '2023-03-01'), at: 'a2' },
      { ...rows.probationary('预备期满', '2022-02-28'), at: 'a2' },
      { ...rows.applicant('外乡申请', '2021-08-31'), at: 'b1' },
    ])
    await until(async () => (await list(branch.county.admin, '')).totalCount === 6, 30_000, 'everybody is adopted')
    const training = await openDesk(branch, branch.ids.get('积极分子') as string)
    await training.file('OBSERVATION', 'OBSERVATION_BOOK', addDays(today, -3))
    await training.finish('OBSERVATION', { on: addDays(today, -1) })
  })
  const list = async (actor: Actor, args: string) =>
    dataOf(
      await branch.county.world.askUntyped.members(
        actor,
        `{ developmentCases${args} { totalCount pageInfo { hasNextPage endCursor } nodes { dueOn member { name } } } }`,
      ),
    ).developmentCases
  const namesIn = async (actor: Actor, args: string) => {
    const { totalCount, nodes } = await list(actor, args)
    const names = nodes.map(({ member }: { member: { name: string } }) => member.name)
    expect(totalCount).toBe(names.length)
    return names.sort()
  }

  test.each([
    ['stage', 'stages: [APPLICATION]', ['外乡申请', '新申请', '早申请']],
    ['several stages', 'stages: [CANDIDATE, PROBATION]', ['发展对象', '积极分子', '预备期满']],
    ['step', 'steps: [INTRODUCERS]', ['发展对象']],
    ['overdue', 'overdue: true', ['外乡申请', '早申请', '预备期满']],
    [
      'what is due within a month and a day',
      'dueWithinDays: 31, stages: [APPLICATION]',
      ['外乡申请', '新申请', '早申请'],
    ],
    ['what is due within a week', 'dueWithinDays: 7, stages: [APPLICATION]', ['外乡申请', '早申请']],
    ['whom it waits on', 'waitingOn: [BRANCH]', ['发展对象', '外乡申请', '新申请', '早申请', '积极分子', '预备期满']],
    ['nobody waits on an approval', 'waitingOn: [APPROVAL, DECIDER]', []],
    ['phase', 'phases: [ENDED, ARCHIVED]', []],
    ['no phase at all', 'phases: []', []],
    ['no stage at all', 'stages: []', []],
    ['no step at all', 'steps: []', []],
    ['nobody at all', 'waitingOn: []', []],
    [
      'null, which is what is left out',
      'phases: null, stages: null, steps: null, waitingOn: null, overdue: null, dueWithinDays: null',
      ['发展对象', '外乡申请', '新申请', '早申请', '积极分子', '预备期满'],
    ],
  ])('S0-13 filters by %s', async (_, filter, wanted) => {
    expect(await namesIn(branch.county.admin, `(filter: { ${filter} })`)).toEqual(wanted.toSorted())
  })

  test('S0-13 an organisation that is none is refused, and never everybody', async () => {
    for (const id of ['', ' ', 'Organisation:', branch.tree.a2.id.split(':')[1]]) {
      const answer = await branch.county.world.ask.members(
        branch.county.admin,
        'query ($id: ID) { developmentCases(organisationId: $id) { totalCount } }',
        { id },
      )
      expect([answer.data, answer.errors[0]?.extensions?.code]).toEqual([null, 'BAD_INPUT'])
    }
  })

  test('S0-13 a list is of an organisation and all below it, and of nobody beside it', async () => {
    const { tree, committee, secretary, sibling } = branch
    expect(await namesIn(committee, '')).toEqual(['发展对象', '新申请', '早申请', '积极分子', '预备期满'].toSorted())
    expect(await namesIn(committee, `(organisationId: "${tree.a2.id}")`)).toEqual(['发展对象', '预备期满'])
    expect(await namesIn(committee, `(organisationId: "${tree.b1.id}")`)).toEqual([])
    expect(await namesIn(secretary, '')).toEqual(['新申请', '早申请', '积极分子'].toSorted())
    expect(await namesIn(sibling, `(organisationId: "${tree.a1.id}")`)).toEqual([])
    const at = (below: boolean) =>
      ofOrganisation(branch.county, committee, tree.a.id, `developmentCases(below: ${below}) { totalCount }`)
    expect([await at(true), await at(false)]).toEqual([
      { developmentCases: { totalCount: 5 } },
      { developmentCases: { totalCount: 0 } },
    ])
  })

  test('S0-13 pages give everybody once, the most urgent first', async () => {
    const dues: string[] = []
    const names: string[] = []
    for (let after = ''; ; ) {
      const { totalCount, pageInfo, nodes } = await list(branch.county.admin, `(first: 2${after})`)
      expect(totalCount).toBe(6)
      for (const node of nodes) {
        dues.push(node.dueOn ?? '9999-12-31')
        names.push(node.member.name)
      }
      if (!pageInfo.hasNextPage) break
      after = `, after: "${pageInfo.endCursor}"`
    }
    expect(dues).toEqual(dues.toSorted())
    expect([names.length, new Set(names).size]).toEqual([6, 6])
    expect(names.slice(0, 2)).toEqual(['早申请', '外乡申请'])
  })

  test('S0-13 statistics count open cases by stage and steps by month, for whoever oversees them', async () => {
    const fields = 'developmentStatistics { open { stage count overdue } done { stage month count } }'
    const of = async (actor: Actor, id: string) =>
      (await ofOrganisation(branch.county, actor, id, fields)).developmentStatistics
    const stages = async (actor: Actor, id: string) =>
      Object.fromEntries(
        (await of(actor, id)).open.map(({ stage, count, overdue }: Record<string, unknown>) => [
          stage,
          [count, overdue],
        ]),
      )
    const { county, tree, committee, sibling } = branch
    expect(await stages(committee, tree.a.id)).toEqual({ APPLICATION: [2, 1], CANDIDATE: [2, 0], PROBATION: [1, 1] })
    expect(await stages(county.admin, tree.root.id)).toMatchObject({ APPLICATION: [3, 2] })
    expect((await of(committee, tree.a.id)).done).toEqual([
      { stage: 'ACTIVIST', month: addDays(today, -1).slice(0, 7), count: 1 },
    ])
    expect((await of(committee, tree.a2.id)).done).toEqual([])
    expect(await of(sibling, tree.a1.id)).toBeNull()
  })
})
