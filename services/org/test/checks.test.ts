import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, entityOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let people: Map<string, string>

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  people = await seedMembers(county, [
    ...Array.from({ length: 7 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `甲一${i}` })),
    ...Array.from({ length: 2 }, (_, i) => fullMember(county.code, tree.b1.code, { 姓名: `乙一${i}` })),
  ])
})

const findings = async (id: string, actor: Actor = county.admin) =>
  entityOf(
    await county.world.ask.org(
      actor,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
        structureFindings { kind found wanted since article certainty advice { zh en } }
        structureFindingCounts { kind organisations } } } }`,
      { refs: [{ __typename: 'Organisation', id }] },
    ),
  )
const kindsOf = async (id: string) => (await findings(id)).structureFindings.map(({ kind }: { kind: string }) => kind)
const seat = async (post: 'SECRETARY' | 'PUBLICITY' | 'ORGANISATION', name: string) =>
  dataOf(
    await county.world.ask.org(
      county.admin,
      'mutation ($input: RecordSeatInput!) { recordSeat(input: $input) { seat { id } } }',
      {
        input: {
          ...{ organisationId: tree.a1.id, memberId: people.get(name) as string, post, entry: 'ELECTED' },
          ...{ from: addDays(today, -10), evidence: '党员大会选举' },
        },
      },
    ),
  ).recordSeat.seat.id as string

describe('1.2 the structure check of an organisation', () => {
  test('1.2 seven full members want a committee; each seat that is filled or left is seen at once', async () => {
    expect(await kindsOf(tree.a1.id)).toEqual(['NO_COMMITTEE', 'SECRETARY_VACANT'])
    const secretary = await seat('SECRETARY', '甲一0')
    await seat('PUBLICITY', '甲一1')
    expect(await kindsOf(tree.a1.id)).toEqual(['COMMITTEE_TOO_SMALL'])
    await seat('ORGANISATION', '甲一2')
    expect(await kindsOf(tree.a1.id)).toEqual([])
    dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: EndSeatInput!) { endSeat(input: $input) { seat { id } } }',
        { input: { seatId: secretary, until: addDays(today, -3), reason: '工作调动' } },
      ),
    )
    const { structureFindings } = await findings(tree.a1.id)
    expect(structureFindings.map(({ kind }: { kind: string }) => kind)).toEqual([
      'COMMITTEE_TOO_SMALL',
      'SECRETARY_VACANT',
    ])
    expect(structureFindings[1]).toMatchObject({
      since: addDays(today, -3),
      article: '第二十一条',
      certainty: 'VERIFIED',
    })
  })

  test('1.2 a term that ended yesterday is over, with the article and what to do in both languages', async () => {
    dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) { organisation { id } } }',
        { input: { id: tree.b1.id, term: { end: addDays(today, -1) } } },
      ),
    )
    const { structureFindings } = await findings(tree.b1.id)
    expect(structureFindings.map(({ kind }: { kind: string }) => kind)).toEqual([
      'TOO_FEW_MEMBERS',
      'TERM_OVER',
      'SECRETARY_VACANT',
    ])
    expect(structureFindings[1]).toMatchObject({ found: addDays(today, -1), since: today, article: '第三条' })
    expect(structureFindings[0]?.advice.zh).toContain('联合')
  })

  test('1.2 the superior sees how many of those below have what, and nobody sees beside them', async () => {
    const countsOf = async (id: string, actor?: Actor) =>
      Object.fromEntries(
        (await findings(id, actor)).structureFindingCounts.map(
          ({ kind, organisations }: { kind: string; organisations: number }) => [kind, organisations],
        ),
      )
    const adminOfB = await seedActor(county, 'ADMIN', tree.b.id)
    // B itself has no secretary that anybody has recorded either.
    expect(await countsOf(tree.b.id, adminOfB)).toEqual({ TOO_FEW_MEMBERS: 1, TERM_OVER: 1, SECRETARY_VACANT: 2 })
    const whole = await countsOf(tree.root.id)
    expect(whole).toMatchObject({ TERM_OVER: 1, TOO_FEW_MEMBERS: 2, SECRETARY_VACANT: 6 })
    expect(
      dataOf(
        await county.world.ask.org(
          adminOfB,
          'query ($id: ID!) { organisation(id: $id) { structureFindings { kind } } }',
          {
            id: tree.a1.id,
          },
        ),
      ).organisation,
    ).toBeNull()
  })

  test('1.2 whoever sits in a committee and has moved away is found, once the register has told it', async () => {
    expect(await kindsOf(tree.a1.id)).not.toContain('SEAT_OF_SOMEBODY_ELSEWHERE')
    dataOf(
      await county.world.ask.members(
        county.admin,
        'mutation ($input: TransferMemberInput!) { transferMember(input: $input) { member { id } } }',
        { input: { id: people.get('甲一1') as string, organisationId: tree.a2.id } },
      ),
    )
    await until(
      async () => (await kindsOf(tree.a1.id)).includes('SEAT_OF_SOMEBODY_ELSEWHERE'),
      30_000,
      'the move is known',
    )
  })

  test('1.2 a joint branch of more than five units is found, by the number that it has recorded', async () => {
    const joint = dataOf(
      await county.world.askUntyped.org(
        county.admin,
        'mutation ($input: RegisterOrganisationInput!) { registerOrganisation(input: $input) { organisation { id } } }',
        {
          input: {
            ...{ code: `${county.code}000000077`, name: '楼宇联合党支部', kind: 'JOINT_BRANCH' },
            superiorId: tree.a.id,
          },
        },
      ),
    ).registerOrganisation.organisation.id as string
    const record = (organisationId: string, units: number | null) =>
      county.world.askUntyped.org(
        county.admin,
        'mutation ($input: RecordCoveredUnitsInput!) { recordCoveredUnits(input: $input) { organisation { id } } }',
        { input: { organisationId, units } },
      )
    for (const [units, isFound] of [
      [5, false],
      [6, true],
      [null, false],
    ] as const) {
      dataOf(await record(joint, units))
      expect((await kindsOf(joint)).includes('JOINT_BRANCH_TOO_WIDE')).toBe(isFound)
    }
    expect(codesOf(await record(tree.a1.id, 3))).toEqual(['COVERS_NO_UNITS'])
    expect(codesOf(await record(joint, 0))).toEqual(['BAD_INPUT'])
    expect(codesOf(await record(joint, 201))).toEqual(['BAD_INPUT'])
  })
})
