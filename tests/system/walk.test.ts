import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { uuidOf } from '@linghang/harness/ask'
import { fullMember, membersCsv, organisationsCsv as orgsCsv } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import type { Caller, Data } from './api.ts'
import { type Desk, newSetting, openDesk, type Setting } from './case-desk.ts'
import { importRoster, newCityOffice, newHolder, orgCode } from './county.ts'
import { look, quiet } from './look.ts'
import { walk } from './walk.ts'

jest.setTimeout(180_000)

let setting: Setting
let desk: Desk
/** Ids of one thing of each kind that there is to open. */
let starts: string[]
let memberImport: string
let leader: Caller

const idsOf = async (database: 'org' | 'members' | 'workflows', type: string, sql: string) =>
  (await look(database, sql, [setting.county.id])).map(({ id }) => `${type}:${id}`)

beforeAll(async () => {
  setting = await newSetting('2023-03-01')
  desk = openDesk(setting)
  const { county, branch, secretary } = setting
  leader = (await newHolder(county, setting.committee, 'LEADER')).caller
  await desk.goTo('ADMISSION_ASSEMBLY', {
    ...{ APPLICATION: '2023-03-01', APPLICANT_TALK: '2023-03-10', ACTIVIST_DECISION: '2023-06-01' },
    ...{ ACTIVIST_FILING: '2023-06-10', CONTACTS: '2023-06-15' },
  })
  // A roster without one of the branch's people, and one without one of the organisations: both are missing from it.
  const code = orgCode(county, 3)
  const { organisation } = await county.admin.ask('query ($code: String!) { organisation(code: $code) { name } }', {
    code,
  })
  memberImport = (await importRoster(county.admin, 'Member', membersCsv([fullMember(county.code, code)]))).id
  await importRoster(
    county.admin,
    'Organisation',
    orgsCsv([
      {
        ...{ 党组织代码: code, 党组织名称: organisation.name, 组织类别: '党支部', 上级党组织代码: orgCode(county, 2) },
        ...{ 本届任期开始日期: '2024-01-01', 任期届满日期: addDays(shanghaiDay(new Date()), 20), 书记姓名: '' },
      },
    ]),
  )
  await secretary.caller.ask('mutation ($id: ID!) { createCalendarFeed(input: { organisationId: $id }) { path } }', {
    id: branch,
  })
  const today = shanghaiDay(new Date())
  await setting.committeeSecretary.caller.ask(
    'mutation ($input: DelegateApprovalsInput!) { delegateApprovals(input: $input) { delegation { id } } }',
    {
      input: {
        ...{ organisationId: setting.committee, toAccountId: setting.countySecretary.accountId },
        ...{ from: today, until: addDays(today, 10), reason: '出差' },
      },
    },
  )
  await quiet()
  starts = [
    branch,
    setting.memberId,
    setting.caseId,
    ...(await idsOf('org', 'Meeting', 'select id from meeting where county_id = $1')),
    ...(await idsOf('org', 'Office', 'select id from office where county_id = $1')),
    ...(await idsOf('org', 'OrganisationImport', 'select id from roster_import where county_id = $1 order by id desc')),
    ...(await idsOf('members', 'MemberImport', 'select id from roster_import where county_id = $1 order by id desc')),
    ...(await idsOf('workflows', 'Approval', 'select id from approval where county_id = $1')),
    ...(await idsOf('workflows', 'Deadline', 'select id from deadline where county_id = $1')),
  ]
}, 180_000)

const kinds = [
  'Organisation',
  'Member',
  'DevelopmentCase',
  'Meeting',
  'Office',
  'Approval',
  'Deadline',
  'MemberImport',
  'OrganisationImport',
]
const everybody = (): [string, Caller][] => [
  ['the county', setting.county.admin],
  ['the branch', setting.secretary.caller],
  ['the committee', setting.committeeSecretary.caller],
  ['whoever leads the committee', leader],
  ['the sibling branch', setting.sibling.caller],
  ['the applicant', setting.applicant.caller],
]

describe('every field of every reference', () => {
  test('platform is answered to everybody who may ask, for themselves and for what is not theirs', async () => {
    for (const [who, caller] of everybody()) {
      const { stumbles, opened } = await walk(caller, starts)
      expect({ who, stumbles }).toEqual({ who, stumbles: [] })
      if (who === 'the county') expect([...opened]).toEqual(expect.arrayContaining(kinds))
    }
  })

  test('platform is an office of the city’s where it is a sum, and refused to it plainly where it is a county’s', async () => {
    const { stumbles } = await walk(await newCityOffice([setting.county]), starts)
    expect(stumbles.length).toBeGreaterThan(100)
    expect(stumbles.filter(({ code }) => code !== 'NOT_FOR_CITY')).toEqual([])
    expect(stumbles.filter(({ asked }) => /^(city|City|County)\b/.test(asked))).toEqual([])
  })

  test('platform is answered after what it leads to has been moved out of sight', async () => {
    const { county, voters, secretary } = setting
    const attendedAndContact = voters[0] as string
    const sibling = (
      await look('org', 'select id from organisation where county_id = $1 and code = $2', [
        county.id,
        orgCode(county, 4),
      ])
    )[0].id
    const otherCommittee = (
      await look('org', 'select id from organisation where county_id = $1 and code = $2', [
        county.id,
        orgCode(county, 5),
      ])
    )[0].id
    await county.admin.ask(
      'mutation ($input: TransferMemberInput!) { transferMember(input: $input) { member { id } } }',
      {
        input: { id: attendedAndContact, organisationId: `Organisation:${sibling}` },
      },
    )
    await county.admin.ask(
      'mutation ($input: MoveOrganisationInput!) { moveOrganisation(input: $input) { organisation { id } } }',
      {
        input: { id: setting.branch, superiorId: `Organisation:${otherCommittee}` },
      },
    )
    await quiet()
    for (const [who, caller] of everybody()) {
      const { stumbles } = await walk(caller, starts)
      expect({ who, stumbles }).toEqual({ who, stumbles: [] })
    }
    // The branch's own record of its meeting stands, and says who it was although the name is no longer the branch's to see.
    const { organisation, developmentCase } = await until(
      () =>
        secretary.caller.ask(
          `query ($branch: ID!, $case: ID!) {
            organisation(id: $branch) { meetings { nodes { current { people(first: 100) { nodes { memberId member { name } } } } } } }
            developmentCase(id: $case) { contacts { id name } }
          }`,
          { branch: setting.branch, case: setting.caseId },
        ),
      20_000,
      'the branch reads on',
    )
    const people = organisation.meetings.nodes.flatMap(({ current }: Data) => current.people.nodes)
    const moved = people.filter(({ memberId }: Data) => memberId === attendedAndContact)
    expect(moved.length).toBeGreaterThan(0)
    expect(moved.map(({ member }: Data) => member)).toEqual(moved.map(() => null))
    expect(people.filter(({ member }: Data) => member?.name).length).toBeGreaterThan(0)
    expect(developmentCase.contacts).toContainEqual(null)
  })

  test('platform names whom a roster leaves out', async () => {
    const { memberImport: found } = await setting.county.admin.ask(
      'query ($id: ID!) { memberImport(id: $id) { missing { totalCount nodes { id name kind organisation { id } idNumberMasked } edges { node { name } } } } }',
      { id: memberImport },
    )
    expect(found.missing.totalCount).toBe(setting.voters.length + 1)
    for (const { id, name } of found.missing.nodes) {
      expect(name).not.toBe('')
      expect(uuidOf(id)).toMatch(/^[0-9a-f-]{36}$/)
    }
    expect(found.missing.edges).toHaveLength(found.missing.nodes.length)
  })
})
