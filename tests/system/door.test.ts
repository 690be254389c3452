import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { uuidOf } from '@linghang/harness/ask'
import { applicant, fullMember, membersCsv, type PersonRow } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { services } from '@linghang/migrations'
import { addDays } from '@linghang/rulebook'
import { type Caller, codesOf, createCaller, type Data } from './api.ts'
import {
  type County,
  importRoster,
  importSound,
  newApp,
  newCounty,
  newHolder,
  orgCode,
  seedOrganisations,
  smallTree,
} from './county.ts'
import { look, quiet } from './look.ts'
import { surroundings } from './surroundings.ts'

jest.setTimeout(60_000)

const today = shanghaiDay(new Date())
const profile = 'id code name kind secretaryName phone version superior { code name } superiors { code name }'

let county: County
let stranger: County
let ids: Record<string, string>
let secretary: Caller
let own: PersonRow
/** People of the sibling branch, of the other committee and of another county. */
let others: PersonRow[]
let memberIds: Map<string, string>
let importId: string
const at = (n: number) => orgCode(county, n)
const idAt = (n: number) => ids[at(n)] as string
const memberIdOf = (person: PersonRow) => memberIds.get(person.姓名) as string
/** An id, code or number like another, that nobody has. */
const inventedFor = (found: string): string => (found.length === 8 ? '01010101' : `999${found.slice(3)}`)

/** Somebody whom a text can be searched for. */
const named = (name: string, person: PersonRow): PersonRow => ({ ...person, 姓名: name })

async function idsByName(countyId: string) {
  const rows = await look('members', 'select id, name from member where county_id = $1', [countyId])
  return rows.map(({ id, name }) => [name, `Member:${id}`] as const)
}

beforeAll(async () => {
  ;[county, stranger] = [await newCounty(), await newCounty()]
  ids = await seedOrganisations(county, smallTree(county))
  await seedOrganisations(stranger, smallTree(stranger))
  own = named('自家甲', fullMember(county.code, at(3)))
  others = [
    named('隔壁乙', fullMember(county.code, at(4))),
    named('别家丙', fullMember(county.code, at(6))),
    named('外县丁', fullMember(stranger.code, orgCode(stranger, 3))),
  ]
  const [sibling, other, foreign] = others as [PersonRow, PersonRow, PersonRow]
  const applicants = [3, 4, 6].map((n, i) =>
    named(`申请人${'甲乙丙'[i]}`, applicant(county.code, at(n), addDays(today, -5))),
  )
  const faulty = named('查无此支部', fullMember(county.code, '999999000000001'))
  const roster = membersCsv([own, sibling, other, ...applicants, faulty])
  importId = (await importRoster(county.admin, 'Member', roster)).id
  await importSound(stranger.admin, 'Member', membersCsv([foreign]))
  await quiet()
  memberIds = new Map([...(await idsByName(county.id)), ...(await idsByName(stranger.id))])
  secretary = (await newHolder(county, idAt(3), 'SECRETARY')).caller
}, 180_000)

describe('a secretary of a branch at the gateway', () => {
  /** Nothing of what an answer must not hold: others' people, and of other organisations more than a superior's name. */
  const betrays = (answer: unknown): string[] => {
    const text = JSON.stringify(answer)
    const secrets = [
      ...others.map(({ 姓名 }) => 姓名),
      ...['申请人乙', '申请人丙', '查无此支部', '甲二党支部', '乙镇党委', '乙一党支部'],
    ]
    return secrets.filter(secret => text.includes(secret))
  }
  const orgs = [1, 2, 4, 5, 6]
  const aliased = (of: (n: number) => string) => orgs.map(n => `o${n}: ${of(n)}`).join(' ')
  const people = 'totalCount nodes { id name phoneMasked duesRecord { baseFen } indicators { key } deadlines { rule } }'

  test('S3-2 sees the branch, and of its superiors name and code', async () => {
    const { organisation } = await secretary.ask(
      `query ($code: String!) { organisation(code: $code) { ${profile} members { ${people} } indicators { key counted } deadlines { totalCount nodes { rule subject { ... on Member { name } } } } offices { totalCount } } }`,
      { code: at(3) },
    )
    expect(organisation).toMatchObject({ code: at(3), superior: { code: at(2), name: '甲街道党工委' } })
    expect(organisation.superiors.map(({ code }: Data) => code).sort()).toEqual([at(1), at(2)])
    expect(organisation.members.nodes.map(({ name }: Data) => name).sort()).toEqual(['申请人甲', '自家甲'].sort())
    expect(organisation.deadlines.nodes).toEqual([{ rule: 'APPLICANT_TALK', subject: { name: '申请人甲' } }])
  })

  test('S0-38 gives a calendar program an address, which tells the branch’s dates and no names until it is revoked', async () => {
    const make = 'mutation ($id: ID!) { createCalendarFeed(input: { organisationId: $id }) { feed { id } path } }'
    const { createCalendarFeed } = await secretary.ask(make, { id: idAt(3) })
    const open = () => fetch(new URL(createCalendarFeed.path, surroundings().gatewayUrl))
    const shown = await open()
    const text = await shown.text()
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1)
    expect(betrays(text)).toEqual([])
    expect(text).not.toContain('申请人甲')
    expect(codesOf(await secretary.send(make, { id: idAt(4) }))).toEqual(['NOT_FOUND'])
    await secretary.ask('mutation ($input: RevokeCalendarFeedInput!) { revokeCalendarFeed(input: $input) { id } }', {
      input: { id: createCalendarFeed.feed.id },
    })
    expect((await open()).status).toBe(404)
  })

  test('S2-8 what was done and looked at is one question over all services, for who oversees and nobody else', async () => {
    const trail = `{ auditTrail { org(first: 1) { totalCount } workflows { totalCount }
      members(first: 50) { totalCount nodes { action organisation { code } account { id kind } } } } }`
    const { auditTrail } = await county.admin.ask(trail)
    expect(auditTrail.org.totalCount).toBeGreaterThan(6)
    const imported = auditTrail.members.nodes.filter(({ action }: Data) => action === 'member.imported')
    expect(imported.map(({ organisation }: Data) => organisation.code).sort()).toEqual([3, 3, 4, 4, 6, 6].map(at))
    expect(imported[0]?.account).toMatchObject({ kind: 'PERSON' })
    expect((await secretary.ask(trail)).auditTrail).toBeNull()
  })

  test('platform opens by node what is theirs, whichever service keeps it', async () => {
    const memberId = memberIdOf(own)
    const applicantId = `Member:${(await look('members', 'select id from member where county_id = $1 and name = $2', [county.id, '申请人甲']))[0]?.id}`
    const found = await secretary.ask(
      `query ($a: ID!, $b: ID!) { me { id offices { id } }
        member(id: $a) { duesRecord { id } developmentCases { id } deadlines { id } }
        applicant: member(id: $b) { developmentCases { id } deadlines { id } } }`,
      { a: memberId, b: applicantId },
    )
    const ids: string[] = [
      ...[found.me.id, found.me.offices[0]?.id as string, idAt(3), memberId, found.member.duesRecord.id],
      ...[found.applicant.developmentCases[0]?.id as string, found.applicant.deadlines[0]?.id as string],
    ]
    const opened = await secretary.askUntyped(
      `{ ${ids.map((id, n) => `n${n}: node(id: "${id}") { __typename id }`).join(' ')} }`,
    )
    expect(Object.values(opened)).toEqual(ids.map(id => ({ __typename: id.slice(0, id.indexOf(':')), id })))
    const imported = await county.admin.ask(
      'query ($id: ID!) { node(id: $id) { id ... on MemberImport { rowsTotal } } }',
      {
        id: importId,
      },
    )
    expect(imported.node).toEqual({ id: importId, rowsTotal: 7 })
  })

  test.each<[string, () => string]>([
    [
      'organisation(code)',
      () =>
        `{ ${aliased(n => `organisation(code: "${at(n)}") { ${profile} members(below: true) { ${people} } indicators { key counted } deadlines { totalCount } offices { totalCount } }`)} }`,
    ],
    [
      'organisation(id)',
      () =>
        `{ ${aliased(n => `organisation(id: "${idAt(n)}") { ${profile} members(below: true) { ${people} } indicators { key counted } deadlines { totalCount } }`)} }`,
    ],
    [
      'node(id) of organisations',
      () =>
        `{ ${aliased(n => `node(id: "${idAt(n)}") { id ... on Organisation { ${profile} members { ${people} } } }`)} }`,
    ],
    [
      'node(id) of people',
      () =>
        `{ ${others.map((person, n) => `p${n}: node(id: "${memberIdOf(person)}") { ... on Member { name duesRecord { baseFen } } }`).join(' ')} }`,
    ],
    [
      'node(id) of people, though nothing but their ids is asked for',
      () => `{ ${others.map((person, n) => `p${n}: node(id: "${memberIdOf(person)}") { __typename id }`).join(' ')} }`,
    ],
    [
      'node(id) of things whose ids are made up',
      () =>
        `{ ${['Member', 'MemberImport', 'DevelopmentCase', 'Material', 'DuesRecord', 'Deadline', 'Approval', 'Delegation', 'Organisation', 'Meeting', 'Office', 'Account', 'OrganisationImport'].map(type => `${type}: node(id: "${type}:01a2010a-15bd-777e-ac6e-3f45a1a37fd1") { __typename id }`).join(' ')} }`,
    ],
    [
      'member(id)',
      () =>
        `{ ${others.map((person, n) => `p${n}: member(id: "${memberIdOf(person)}") { id name idNumberMasked duesRecord { baseFen } }`).join(' ')} }`,
    ],
    [
      'memberByIdNumber',
      () =>
        `{ ${others.map((person, n) => `p${n}: memberByIdNumber(idNumber: "${person.公民身份号码}", reason: "核对身份") { id name }`).join(' ')} }`,
    ],
    [
      'memberImport',
      () => `{ memberImport(id: "${importId}") { rowsTotal findings { nodes { found } } missing { nodes { id } } } }`,
    ],
    [
      'node(id) of an import',
      () => `{ node(id: "${importId}") { ... on MemberImport { rowsTotal findings { nodes { found } } } } }`,
    ],
  ])('S3-2 finds nothing of siblings, superiors or strangers by %s', async (_, document) => {
    const answer = await secretary.sendUntyped(document())
    expect(betrays(answer)).toEqual([])
    for (const value of Object.values(answer.data ?? {})) expect(value).toBeNull()
    // What is not theirs to see is answered as what does not exist: not even that it exists is told.
    const nothing = await secretary.sendUntyped(
      document().replaceAll(/[0-9a-f]{8}(?=-[0-9a-f]{4}-7)|\b\d{15,18}[\dX]?(?=")/g, found => inventedFor(found)),
    )
    expect(nothing.data).toEqual(answer.data)
    expect(codesOf(nothing)).toEqual(codesOf(answer))
  })

  test('S3-2 lists and counts the branch alone, whatever the filter', async () => {
    const found = await secretary.ask(
      `query ($code: String!) { organisations(first: 50) { totalCount nodes { ${profile} } }
         branches: organisations(first: 50, kind: BRANCH, nameStartsWith: "甲") { totalCount nodes { code } }
         none: organisations(first: 50, nameStartsWith: "乙") { totalCount nodes { code } }
         organisationsInRegister
         organisation(code: $code) {
           members(first: 50, below: true, filter: { kinds: [FULL], nameStartsWith: "" }) { totalCount nodes { name organisation { code superior { code } } } }
           deadlines(first: 50, withinDays: 3650) { totalCount nodes { subject { ... on Member { name } } } }
         } }`,
      { code: at(3) },
    )
    expect(betrays(found)).toEqual([])
    expect(found).toMatchObject({
      organisations: { totalCount: 1, nodes: [{ code: at(3) }] },
      branches: { totalCount: 1 },
      none: { totalCount: 0 },
      organisationsInRegister: 1,
      organisation: { members: { totalCount: 1 }, deadlines: { totalCount: 1 } },
    })
  })

  test('S3-2 gets no findings of an import, and may begin none for the county', async () => {
    const { findingsFile } = (
      await county.admin.ask('query ($id: ID!) { memberImport(id: $id) { findingsFile errors } }', { id: importId })
    ).memberImport
    expect((await county.admin.get(findingsFile)).text).toContain('999999000000001')
    const refused = await secretary.get(findingsFile)
    expect(refused.status).toBe(404)
    expect(betrays(refused.text)).toEqual([])
    expect(await secretary.put(`/imports/members/${uuidOf(importId)}/file`, 'x')).toBe(404)
    expect(codesOf(await secretary.send('mutation { createMemberImport(input: {}) { putTo } }'))).toEqual(['FORBIDDEN'])
  })

  test('S3-2 changes nobody else', async () => {
    const [sibling] = others as [PersonRow]
    const inputs: [string, object][] = [
      ['changeMember', { id: memberIdOf(sibling), name: '改名' }],
      ['recordLeaving', { memberId: memberIdOf(sibling), leftOn: today, reason: '试' }],
      ['transferMember', { id: memberIdOf(own), organisationId: idAt(4) }],
      ['revealIdentity', { memberId: memberIdOf(sibling), reason: '试' }],
      ['moveOrganisation', { id: idAt(3), superiorId: idAt(5) }],
    ]
    for (const [mutation, input] of inputs) {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`
      const answer = await secretary.sendUntyped(
        `mutation ($input: ${type}) { ${mutation}(input: $input) { __typename } }`,
        {
          input,
        },
      )
      expect([
        mutation,
        codesOf(answer).every(code => ['NOT_FOUND', 'FORBIDDEN'].includes(code)),
        answer.errors.length,
      ]).toEqual([mutation, true, 1])
    }
    const [row] = await look('members', 'select name, version from member where id = $1', [uuidOf(memberIdOf(sibling))])
    expect(row).toEqual({ name: sibling.姓名, version: '1' })
  })

  test('S3-2 the superior sees all of it', async () => {
    const { caller } = await newHolder(county, idAt(2), 'LEADER')
    const found = await caller.ask(
      'query ($code: String!) { organisations(first: 50) { totalCount } organisation(code: $code) { members(below: true) { totalCount } } }',
      { code: at(2) },
    )
    expect(found).toEqual({ organisations: { totalCount: 3 }, organisation: { members: { totalCount: 4 } } })
  })
})

describe('past the gateway', () => {
  test.each(services)('platform %s answers nobody but the gateway', async name => {
    const ask = (headers: Record<string, string>) =>
      fetch(`${surroundings().subgraphUrls[name]}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: '{ __typename }' }),
      })
    expect((await ask({})).status).toBe(401)
    // A token of the identity provider is good at the gateway and nowhere else.
    expect((await ask({ authorization: `Bearer ${secretary.token}` })).status).toBe(401)
    expect((await ask({ authorization: `Bearer ${county.admin.token}` })).status).toBe(401)
  })

  test('platform the gateway answers nobody without a token of its identity provider', async () => {
    const query = 'query ($code: String!) { organisation(code: $code) { name } }'
    for (const token of ['', 'x', `${secretary.token.slice(0, -4)}AAAA`]) {
      const { status, data } = await createCaller(token).send(query, { code: at(3) })
      expect([status, data]).toEqual([401, null])
    }
  })
})

describe('an app', () => {
  test('platform reads where its token has the scope and nowhere else', async () => {
    const app = await newApp(county, idAt(2), ['org:read', 'members:read'])
    const query = 'query ($code: String!) { organisation(code: $code) { name members { totalCount } } }'
    expect((await app.ask(query, { code: at(3) })).organisation).toEqual({
      name: '甲一党支部',
      members: { totalCount: 2 },
    })
    const counted = await app.send('query ($code: String!) { organisation(code: $code) { indicators { key } } }', {
      code: at(3),
    })
    expect(codesOf(counted)).toEqual(['SCOPE_MISSING'])
    const owed = await app.send('query ($id: ID!) { member(id: $id) { duesRecord { complete } } }', {
      id: memberIdOf(own),
    })
    expect(codesOf(owed)).toEqual(['SCOPE_MISSING'])
    const change = await app.send(
      'mutation ($input: ChangeMemberInput!) { changeMember(input: $input) { member { id } } }',
      { input: { id: memberIdOf(own), floating: true } },
    )
    expect(codesOf(change)).toEqual(['SCOPE_MISSING'])
    const elsewhere = await app.ask('query ($code: String!) { organisation(code: $code) { name } }', { code: at(6) })
    expect(elsewhere.organisation).toBeNull()
  })

  test('platform without any scope reads nothing', async () => {
    const app = await newApp(county, idAt(2), ['workflows:read'])
    const { data, errors } = await app.send('query ($code: String!) { organisation(code: $code) { name } }', {
      code: at(3),
    })
    expect(data?.organisation ?? null).toBeNull()
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['SCOPE_MISSING'])
  })
})

describe('whoever is dismissed', () => {
  test('S3-2 loses access within two seconds although the token is still good', async () => {
    const { caller, officeId } = await newHolder(county, idAt(2), 'SECRETARY')
    const query = 'query ($code: String!, $id: ID!) { organisation(code: $code) { name } member(id: $id) { name } }'
    const theirs = { code: at(3), id: memberIdOf(own) }
    expect((await caller.ask(query, theirs)).organisation.name).toBe('甲一党支部')
    await county.admin.ask('mutation ($input: EndOfficeInput!) { endOffice(input: $input) { office { id } } }', {
      input: { officeId: officeId as string, reason: '免职' },
    })
    await until(
      async () => {
        const { data } = await caller.send(query, theirs)
        return data && data.organisation === null && data.member === null
      },
      2_000,
      'nothing is seen any more',
    )
    expect((await caller.send('{ me { offices { id } } }')).data.me.offices).toEqual([])
  })
})
