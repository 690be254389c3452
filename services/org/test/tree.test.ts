import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { codesOf, dataOf, entityOf, uuidOf } from '@linghang/harness/ask'
import {
  type County,
  createCounty,
  everywhereKnown,
  orgCode,
  seedActor,
  seedTwoCommittees,
} from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import type { OrganisationKind } from '@linghang/harness/generated/org'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'

jest.setTimeout(120_000)

type Tree = Awaited<ReturnType<typeof seedTwoCommittees>>
let county: County
let tree: Tree
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
})

const move = (id: string, superiorId: string, actor: Actor = county.admin) =>
  county.world.ask.org(
    actor,
    'mutation ($input: MoveOrganisationInput!) { moveOrganisation(input: $input) { organisation { code version superior { code } } } }',
    { input: { id, superiorId } },
  )

const register = (code: string, superiorId: string, kind: OrganisationKind, actor: Actor = county.admin) =>
  county.world.ask.org(
    actor,
    'mutation ($input: RegisterOrganisationInput!) { registerOrganisation(input: $input) { organisation { id code } } }',
    { input: { superiorId, code, name: `新设${code.slice(-3)}`, kind } },
  )

describe('S3-5 the tree of organisations', () => {
  test('S3-5 a committee that moves takes all below it along, and who sees what follows in every service', async () => {
    const people = await seedMembers(county, [fullMember(county.code, tree.a1.code)])
    const memberId = [...people.values()][0] as string
    const leaderOfA = await seedActor(county, 'LEADER', tree.a.id)
    const leaderOfB = await seedActor(county, 'LEADER', tree.b.id)
    const versionsOf = () =>
      look('org', 'select code, version from organisation where county_id = $1 order by code', [county.id])
    const seenBy = async (actor: Actor) => {
      const refs = [{ __typename: 'Organisation', id: tree.a1.id }]
      const organisation = await county.world.ask.org(actor, 'query ($id: ID!) { organisation(id: $id) { code } }', {
        id: tree.a1.id,
      })
      const people = await county.world.ask.members(actor, 'query ($id: ID!) { member(id: $id) { id } }', {
        id: memberId,
      })
      const dues = await county.world.ask.dues(
        actor,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Member { duesRecord { owes } } } }',
        { refs: [{ __typename: 'Member', id: memberId }] },
      )
      const counted = await county.world.ask.assessment(
        actor,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { indicators { key counted } } } }',
        { refs },
      )
      return {
        org: dataOf(organisation).organisation !== null,
        members: dataOf(people).member !== null,
        dues: entityOf(dues).duesRecord !== null,
        assessment: entityOf(counted).indicators.length > 0,
      }
    }
    const everywhere = { org: true, members: true, dues: true, assessment: true }
    const nowhere = { org: false, members: false, dues: false, assessment: false }
    expect(await seenBy(leaderOfA)).toEqual(everywhere)
    expect(await seenBy(leaderOfB)).toEqual(nowhere)

    const before = await versionsOf()
    const moved = dataOf(await move(tree.a.id, tree.b.id)).moveOrganisation.organisation
    expect(moved).toEqual({ code: tree.a.code, version: 2, superior: { code: tree.b.code } })
    // One change and one event: those below are where they were, under what has moved.
    expect(await versionsOf()).toEqual(before.map(row => (row.code === tree.a.code ? { ...row, version: '2' } : row)))
    await everywhereKnown(county)
    expect(await seenBy(leaderOfB)).toEqual(everywhere)

    dataOf(await move(tree.a1.id, tree.b.id))
    await everywhereKnown(county)
    await until(async () => !(await seenBy(leaderOfA)).assessment)
    expect(await seenBy(leaderOfA)).toEqual(nowhere)
    expect(await seenBy(leaderOfB)).toEqual(everywhere)
  })

  test('S3-5 refuses a move under itself or under one of its own, and under a branch', async () => {
    const made = dataOf(await register(orgCode(county, 20), tree.b.id, 'GENERAL_BRANCH')).registerOrganisation
      .organisation
    expect(codesOf(await move(tree.b.id, tree.b.id))).toEqual(['MOVE_MAKES_CYCLE'])
    expect(codesOf(await move(tree.b.id, made.id))).toEqual(['MOVE_MAKES_CYCLE'])
    expect(codesOf(await move(made.id, tree.b1.id))).toEqual(['SUPERIOR_IS_BRANCH'])
    expect(codesOf(await move(tree.root.id, made.id))).toHaveLength(1)
  })

  test('S3-5 two organisations that are moved under each other at the same moment make no cycle', async () => {
    const pairs = await Promise.all(
      Array.from({ length: 6 }, async (_, i) => {
        const make = async (n: number) =>
          dataOf(await register(orgCode(county, 100 + n), tree.root.id, 'COMMITTEE')).registerOrganisation.organisation
            .id
        return [await make(2 * i), await make(2 * i + 1)] as const
      }),
    )
    for (const [one, other] of pairs) {
      const answers = await Promise.all([move(one, other), move(other, one)])
      expect(answers.flatMap(codesOf)).toEqual(['MOVE_MAKES_CYCLE'])
    }
    const loops = await look(
      'org',
      `with recursive up (start, id) as (
         select id, superior_id from organisation where county_id = $1
         union select up.start, o.superior_id from up join organisation o on o.id = up.id
       ) select start from up where id = start`,
      [county.id],
    )
    expect(loops).toEqual([])
    const paths = await look(
      'org',
      `select n.code from org_node n left join org_node s on s.id = n.superior_id
       where n.county_id = $1 and n.path <> coalesce(s.path, ''::ltree) || replace(n.id::text, '-', '')::ltree`,
      [county.id],
    )
    expect(paths).toEqual([])
  })

  const changeKind = (id: string, kind: OrganisationKind) =>
    county.world.ask.org(
      county.admin,
      'mutation ($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) { organisation { kind } } }',
      { input: { id, kind } },
    )
  const newCommittee = async (n: number): Promise<string> =>
    dataOf(await register(orgCode(county, n), tree.root.id, 'COMMITTEE')).registerOrganisation.organisation.id

  test('S3-5 one that is moved and changed in kind at the same moment waits for nobody who waits for it', async () => {
    for (let n = 0; n < 8; n++) {
      const id = await newCommittee(400 + n)
      const answers = await Promise.all([
        ...[tree.a.id, tree.b.id, tree.root.id].map(superior => move(id, superior)),
        ...(['BRANCH', 'GENERAL_BRANCH', 'BRANCH'] as const).map(kind => changeKind(id, kind)),
      ])
      expect(answers.flatMap(codesOf)).toEqual([])
    }
  })

  test('S3-5 a committee that becomes a branch has nobody below it, whoever registers there at the same moment', async () => {
    for (let n = 0; n < 8; n++) {
      const id = await newCommittee(420 + n)
      const answers = await Promise.all([
        changeKind(id, 'BRANCH'),
        ...[0, 1, 2].map(m => register(orgCode(county, 440 + 3 * n + m), id, 'BRANCH')),
      ])
      const codes = answers.flatMap(codesOf)
      const became = codes.length === 3
      expect(codes).toEqual(became ? Array(3).fill('SUPERIOR_IS_BRANCH') : ['BRANCH_WITH_INFERIORS'])
    }
  })

  test('S3-5 a code belongs to one organisation of the county, also when two ask for it at once', async () => {
    const code = orgCode(county, 300)
    const answers = await Promise.all([
      register(code, tree.root.id, 'COMMITTEE'),
      register(code, tree.b.id, 'COMMITTEE'),
    ])
    expect(answers.flatMap(codesOf)).toEqual(['ORGANISATION_CODE_TAKEN'])
  })

  test('S3-2 whoever keeps a branch changes what is recorded of it', async () => {
    const secretary = await seedActor(county, 'SECRETARY', tree.a2.id)
    const answer = await county.world.ask.org(
      secretary,
      'mutation ($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) { organisation { secretaryName version } } }',
      { input: { id: tree.a2.id, secretaryName: '何静', expectedVersion: 1 } },
    )
    expect(dataOf(answer).changeOrganisation.organisation).toEqual({ secretaryName: '何静', version: 2 })
    const again = await county.world.ask.org(
      secretary,
      'mutation ($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) { organisation { version } } }',
      { input: { id: tree.a2.id, secretaryName: '何洁', expectedVersion: 1 } },
    )
    expect(codesOf(again)).toEqual(['CONFLICT'])
  })

  test('S3-2 nobody takes an organisation away from a superior that they do not keep', async () => {
    const adminOfBranch = await seedActor(county, 'ADMIN', tree.b1.id)
    const both: Actor = {
      ...adminOfBranch,
      grants: [...adminOfBranch.grants, { role: 'ADMIN', orgId: uuidOf(tree.a.id) }],
    }
    expect(codesOf(await move(tree.b1.id, tree.a.id, both))).toEqual(['FORBIDDEN'])
  })
})

describe('S3-2 whoever keeps a part of the county', () => {
  test.each(['SECRETARY', 'ADMIN'] as const)(
    'S3-2 registers organisations below it as %s, and nowhere else',
    async role => {
      const keeper = await seedActor(county, role, tree.a.id)
      const code = orgCode(county, role === 'ADMIN' ? 81 : 82)
      const { organisation } = dataOf(await register(code, tree.a.id, 'BRANCH', keeper)).registerOrganisation
      expect(organisation.code).toBe(code)
      expect(codesOf(await register(orgCode(county, 83), tree.b.id, 'BRANCH', keeper))).toEqual(['NOT_FOUND'])
      expect(codesOf(await register(orgCode(county, 83), tree.root.id, 'BRANCH', keeper))).toEqual(['NOT_FOUND'])
      expect(codesOf(await register(code, tree.a.id, 'BRANCH', keeper))).toEqual(['ORGANISATION_CODE_TAKEN'])
      await everywhereKnown(county)
    },
  )
})

describe('S3-2 whoever asks the service itself, past the gateway', () => {
  const change =
    'mutation ($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) { organisation { id } } }'
  test.each([
    ['a variable', change, { input: { id: '', name: '第一\u202e支部' } }, 'name', 'U+202E'],
    ['a literal', '{ organisation(code: "33\\u000001") { id } }', {}, 'code', 'U+0000'],
    ['a default', 'query ($code: String = "\\u200b") { organisation(code: $code) { id } }', {}, 'code', 'U+200B'],
    ['half a character', change, { input: { id: '', secretaryName: '王\ud842五' } }, 'secretaryName', 'U+D842'],
  ])('S3-2 is refused what cannot be read: %s', async (_, document, variables, field, found) => {
    const { data, errors } = await county.world.askUntyped.org(county.admin, document, variables)
    expect(data).toBeNull()
    expect(
      errors.map(({ extensions }) => [extensions?.code, extensions?.params?.field, extensions?.params?.found]),
    ).toEqual([['BAD_INPUT', field, found]])
  })
})
