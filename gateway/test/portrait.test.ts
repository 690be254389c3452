import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { appointOffice, linkAccount } from '@linghang/harness/accounts'
import { type Data, dataOf, post } from '@linghang/harness/ask'
import { askerAt } from '@linghang/harness/asker'
import { createCounty, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { addMonths, monthOf } from '@linghang/rulebook'
import { costOf } from '@linghang/subgraph'
import { buildSchema, type OperationDefinitionNode, parse } from 'graphql'
import { publicSchemaFile, supergraphFile } from '../src/supergraph/read-subgraphs.ts'
import { type Front, limits, type Provider, standInFront, startProvider, subjectOf } from './in-front.ts'

jest.setTimeout(180_000)

const query = readFileSync(join(import.meta.dirname, '../../docs/portrait.graphql'), 'utf8')
const today = shanghaiDay(new Date())
const year = Number(today.slice(0, 4))
const quarter = addMonths(monthOf(today), -((Number(today.slice(5, 7)) - 1) % 3))
const basis = { certainty: 'COUNTY', source: '本县办法', article: '第三条' }
const pack = {
  ...{ format: 1, key: 'quarterly', title: '季度考核办法', summary: '按季计分。', period: 'QUARTER', indices: [] },
  scales: [
    {
      ...{ key: 'BRANCH', title: '党支部', subject: 'BRANCH', base: 60, groups: [{ key: 'LIFE', title: '组织生活' }] },
      indicators: Object.entries({ CLASS: '上党课', BRANCH_ASSEMBLY: '开党员大会' }).map(([key, title]) => ({
        ...{ key, title, group: 'LIFE', kind: 'BASE', per: 'QUARTER', absence: 'COUNTS', basis, points: '2 * count' },
        ...{ cap: 4, reads: { kind: 'MEETING_HELD', where: `fact.meetingKind == "${key}"` } },
      })),
    },
  ],
}

let folder: string
let provider: Provider
let front: Front
let branch: { id: string }
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linghang-portrait-'))
  provider = await startProvider(folder, ['own', 'above', 'beside'])
  const county = await createCounty()
  const { world } = county
  front = await standInFront({
    ...{ urls: world.urls, issuer: provider.issuer, signingKey: surroundings().internalTokenKey, supergraphFile },
  })
  const { a, a1, b1 } = await seedTwoCommittees(county)
  branch = a1
  const people = Array.from({ length: 6 }, () => fullMember(county.code, a1.code))
  const presentIds = [...(await seedMembers(county, people)).values()]
  const admin = askerAt(world, county.admin)
  for (const [name, organisationId] of Object.entries({ own: a1.id, above: a.id, beside: b1.id })) {
    const account = { kind: 'PERSON' as const, issuer: provider.issuer, subject: subjectOf(name), memberId: null }
    const accountId = await linkAccount(admin, { organisationId, ...account })
    await appointOffice(admin, { accountId, organisationId, role: 'SECRETARY' })
  }
  const content = { heldOn: today, place: '会议室', agenda: '学习', minutes: '集中学习。', presentIds, absentIds: [] }
  const { recordMeeting } = dataOf(
    await admin.org('mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id } } }', {
      input: { organisationId: a1.id, kind: 'CLASS', content },
    }),
  )
  const input = { id: recordMeeting.meeting.id }
  dataOf(
    await admin.org('mutation ($input: CloseMeetingInput!) { closeMeeting(input: $input) { meeting { id } } }', {
      input,
    }),
  )
  const decided = { effectiveFrom: quarter, decidedOn: addMonths(quarter, -1), title: '办法', number: '1号' }
  dataOf(
    await world.askUntyped.assessment(
      county.admin,
      'mutation ($input: PublishPackInput!) { publishPack(input: $input) { pack { version } } }',
      { input: { ...decided, organ: '县委', document: JSON.stringify(pack) } },
    ),
  )
})
afterAll(async () => {
  await front?.stop()
  await provider?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function portrait(name: string): Promise<Data> {
  const headers = { authorization: `Bearer ${await provider.tokenOf(name)}` }
  const variables = { id: branch.id, year, from: `${year}-01-01`, until: today }
  return dataOf<Data>(await post(front.url, { query, variables }, headers)).organisation
}

test('S1-2 a branch’s committee has the whole of it in one question: people, life, dues, development, score, what to mend', async () => {
  const found = await until(
    async () => {
      const one = await portrait('own')
      const [sheet] = one.scoreSheets.nodes
      return sheet?.score === 62 && sheet.peers.sheets > 0 && one
    },
    60_000,
    'the branch is scored and stands beside its peers',
  )
  expect(found).toMatchObject({
    kind: 'BRANCH',
    memberStatistics: { works: { groups: expect.arrayContaining([{ title: '按月薪', count: 6 }]) } },
    lifeLedger: { lines: expect.arrayContaining([expect.objectContaining({ kind: 'CLASS', held: 1 })]) },
    meetings: { totalCount: 1, nodes: [{ kind: 'CLASS', heldOn: today }] },
    duesCollection: { bills: expect.any(Number), openFen: expect.any(String) },
    developmentStatistics: { open: [] },
    structureFindings: expect.any(Array),
    deadlines: { totalCount: expect.any(Number) },
    askedFor: { times: expect.any(Number) },
    scoreSheets: { nodes: [{ from: quarter, state: 'LIVE', score: 62, peers: { average: null, gap: 'TOO_FEW' } }] },
    newest: { nodes: [{ next: [{ title: '开党员大会', points: 2 }] }] },
  })
  expect(found.indicators).toContainEqual({ key: 'FULL_MEMBERS', value: 6 })
})

test('S1-2 whoever is above it has the same, and whoever is beside it nothing', async () => {
  const above = await portrait('above')
  const own = await portrait('own')
  expect(above).toEqual(own)
  expect(await portrait('beside')).toBeNull()
})

test('S1-2 it costs so little that five of them fit into one question', () => {
  const document = parse(query)
  const schema = buildSchema(readFileSync(publicSchemaFile, 'utf8'))
  const cost = costOf(schema, document, document.definitions[0] as OperationDefinitionNode)
  expect(cost).toBeGreaterThan(300)
  expect(cost).toBeLessThan(limits.nodes / 5)
  expect(query).toContain(`${cost} of the 5,000`)
})
