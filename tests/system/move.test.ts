import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { applicant, fullMember, membersCsv } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import type { Caller, Data } from './api.ts'
import {
  type County,
  newCounty,
  newHolder,
  orgCode,
  requestCommit,
  rosterOf,
  seedOrganisations,
  uploadRoster,
} from './county.ts'
import { look, quiet } from './look.ts'

jest.setTimeout(180_000)

const peopleABranch = 1_200
const applicantsABranch = 40
const withinMs = 20_000

let county: County
let ids: Record<string, string>
const at = (n: number) => orgCode(county, n)
const idAt = (n: number) => ids[at(n)] as string

/** Committees 2 and 3; general branch 4 with the branches 5 and 6 is below 2 at first; 7 stays below 2. */
beforeAll(async () => {
  county = await newCounty()
  ids = await seedOrganisations(
    county,
    rosterOf([
      { code: at(1), name: '县委', kind: '县级党委', superiorCode: '' },
      { code: at(2), name: '甲党委', kind: '党委', superiorCode: at(1) },
      { code: at(3), name: '乙党委', kind: '党委', superiorCode: at(1) },
      { code: at(4), name: '丙党总支', kind: '党总支', superiorCode: at(2) },
      { code: at(5), name: '丙一党支部', superiorCode: at(4) },
      { code: at(6), name: '丙二党支部', superiorCode: at(4) },
      { code: at(7), name: '甲一党支部', superiorCode: at(2) },
    ]),
  )
}, 180_000)

/** What somebody finds of committee `own` and of branch 5, which moves, in every subgraph. */
async function sight(caller: Caller, own: number, memberId: string): Promise<Data> {
  const data = await caller.ask(
    `query ($own: String!, $branch: String!, $branchId: ID!, $member: ID!) {
      organisations(first: 50) { totalCount nodes { code } }
      own: organisation(code: $own) {
        members(first: 0, below: true) { totalCount }
        indicators { key counted }
        deadlines(first: 0) { totalCount }
      }
      branch: organisation(code: $branch) { superiors { code } members(first: 1) { totalCount nodes { duesRecord { complete } } } indicators { key counted } deadlines(first: 0) { totalCount } }
      node(id: $branchId) { id }
      member(id: $member) { id duesRecord { complete } indicators { key } deadlines { rule } }
    }`,
    { own: at(own), branch: at(5), branchId: idAt(5), member: memberId },
  )
  const counted = (indicators: Data[]) =>
    indicators.filter(({ key }) => key !== 'DUES_DATA_COMPLETE').reduce((sum, { counted }) => sum + counted, 0)
  return {
    organisations: data.organisations.nodes.map(({ code }: Data) => code).sort(),
    people: data.own.members.totalCount,
    counted: counted(data.own.indicators),
    deadlines: data.own.deadlines.totalCount,
    branch: data.branch && {
      superiors: data.branch.superiors.map(({ code }: Data) => code).sort(),
      people: data.branch.members.totalCount,
      dues: data.branch.members.nodes.length > 0 && data.branch.members.nodes[0]?.duesRecord !== null,
      counted: counted(data.branch.indicators),
      deadlines: data.branch.deadlines.totalCount,
    },
    node: data.node !== null,
    member: data.member !== null && data.member.duesRecord !== null && data.member.indicators.length > 0,
  }
}

describe('a subtree that moves during an import', () => {
  test('S3-5 the new superior sees it and the old one no longer, in every subgraph, within seconds', async () => {
    const [former, next] = [
      await newHolder(county, idAt(2), 'SECRETARY'),
      await newHolder(county, idAt(3), 'SECRETARY'),
    ]
    const today = shanghaiDay(new Date())
    const peopleOf = (n: number) =>
      Array.from({ length: peopleABranch }, (_, index) =>
        index < applicantsABranch ? applicant(county.code, at(n), addDays(today, -3)) : fullMember(county.code, at(n)),
      )
    const importId = await uploadRoster(
      county.admin,
      'Member',
      membersCsv([...peopleOf(5), ...peopleOf(6), ...peopleOf(7)]),
    )
    await requestCommit(county.admin, 'Member', importId)
    const doneSoFar = async () =>
      (await look('members', 'select state, rows_done from roster_import where id = $1', [importId.split(':')[1]]))[0]
    const hit = await until(async () => {
      const found = await doneSoFar()
      return found.rows_done > 0 ? found : null
    }, 60_000)
    await county.admin.ask(
      'mutation ($input: MoveOrganisationInput!) { moveOrganisation(input: $input) { organisation { id } } }',
      { input: { id: idAt(4), superiorId: idAt(3) } },
    )
    const movedAt = performance.now()
    expect(hit.rows_done).toBeLessThan(peopleABranch * 3)

    const [someone] = await look('members', 'select id from member where org_id = $1 and kind = $2 limit 1', [
      idAt(5).split(':')[1],
      'APPLICANT',
    ])
    const memberId = `Member:${someone.id}`
    const gone = { organisations: [at(2), at(7)], branch: null, node: false, member: false }
    const there = { organisations: [at(3), at(4), at(5), at(6)], node: true, member: true }
    const shows = async (caller: Caller, own: number, wanted: object) => {
      let last: Data
      await until(
        async () => {
          last = await sight(caller, own, memberId)
          expect(last).toMatchObject(wanted)
          return true
        },
        withinMs,
        `the secretary of ${own} sees ${JSON.stringify(wanted)}`,
      )
      return last
    }
    await shows(former.caller, 2, gone)
    await shows(next.caller, 3, { ...there, branch: { superiors: [at(1), at(3), at(4)].sort() } })
    const tookMs = performance.now() - movedAt
    expect(tookMs).toBeLessThan(withinMs)

    await until(async () => (await doneSoFar()).state === 'COMMITTED', 90_000, 'the import is committed')
    await quiet()
    await shows(former.caller, 2, {
      ...gone,
      people: peopleABranch,
      counted: peopleABranch,
      deadlines: applicantsABranch,
    })
    await shows(next.caller, 3, {
      ...there,
      people: peopleABranch * 2,
      counted: peopleABranch * 2,
      deadlines: applicantsABranch * 2,
      branch: { people: peopleABranch, counted: peopleABranch, deadlines: applicantsABranch, dues: true },
    })
    const inbox = async (caller: Caller) =>
      (await caller.ask('{ me { inbox(first: 0) { totalCount } } }')).me.inbox.totalCount
    // Reminders of the talks go to the branches' own secretaries: neither committee has one.
    expect([await inbox(former.caller), await inbox(next.caller)]).toEqual([0, 0])
  })
})
