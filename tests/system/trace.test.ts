import { randomInt } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { fullMember, membersCsv, type PersonRow } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { newTrace } from './api.ts'
import { newSetting, openDesk } from './case-desk.ts'
import { type County, newCounty, orgCode, seedOrganisations, smallTree, uploadRoster } from './county.ts'
import { look, quiet } from './look.ts'
import type { Span } from './spans.ts'
import { surroundings } from './surroundings.ts'
import { spansOfTrace } from './traces.ts'
import { atTemporal, statusOfWorkflow } from './workflows.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const register = 'mutation ($input: RegisterMemberInput!) { registerMember(input: $input) { member { id } } }'

let county: County
let branchId: string
/** Names, ID numbers and phone numbers of everybody whom these tests bring in. */
const personal: string[] = []

/** Somebody whose name cannot stand anywhere by chance. */
function newPerson(changes: Partial<PersonRow> = {}): PersonRow {
  const name = `欧阳${Array.from({ length: 3 }, () => String.fromCharCode(randomInt(0x4e00, 0x9fa5))).join('')}`
  const person = fullMember(county.code, orgCode(county, 3), { 姓名: name, ...changes })
  personal.push(name, person.公民身份号码, person.手机号码)
  return person
}

const inputOf = (person: PersonRow, appliedOn: string) => ({
  organisationId: branchId,
  name: person.姓名,
  idNumber: person.公民身份号码,
  phone: person.手机号码,
  kind: 'APPLICANT' as const,
  appliedOn,
})

/** The way from a span up to the one that began it, as `service name`. */
function wayTo(spans: readonly Span[], last: Span): string[] {
  const byId = new Map(spans.map(span => [span.spanId, span]))
  const way: string[] = []
  for (let span: Span | undefined = last; span; span = byId.get(span.parentSpanId ?? ''))
    way.unshift(`${span.service} ${span.name}`)
  return way
}

beforeAll(async () => {
  county = await newCounty()
  const ids = await seedOrganisations(county, smallTree(county))
  branchId = ids[orgCode(county, 3)] as string
  await quiet()
}, 180_000)

/** Waits until the spans of a trace lead along every way, each given as the parts that it passes. */
async function untilPassed(traceId: string, wanted: readonly (readonly string[])[]): Promise<Span[]> {
  const passes = (ways: readonly string[], steps: readonly string[]) => {
    const pattern = new RegExp(steps.join('.*'))
    return ways.some(way => pattern.test(way))
  }
  const missing = (spans: readonly Span[]) => {
    const ways = spans.map(span => wayTo(spans, span).join(' > '))
    return wanted.filter(steps => !passes(ways, steps))
  }
  return until(
    async () => {
      const spans = await spansOfTrace(traceId)
      const lacking = missing(spans)
      if (lacking.length > 0) throw new Error(`no way ${lacking.map(steps => steps.join(' > ')).join(' | ')}`)
      return spans
    },
    30_000,
    'a trace leads along every way',
  )
}

/** Every span but the client's own hangs under another of the trace. */
function expectNoOrphans(spans: readonly Span[], traceparent: string): void {
  const ids = new Set(spans.map(({ spanId }) => spanId))
  const client = traceparent.split('-')[2]
  const orphans = spans.filter(({ parentSpanId }) => parentSpanId !== client && !ids.has(parentSpanId ?? ''))
  expect(orphans.map(({ service, name }) => `${service} ${name}`)).toEqual([])
}

describe('one trace from the gateway to the reminder', () => {
  test('platform a person who is registered is followed through every service, to the case and its workflow', async () => {
    const { traceId, headers } = newTrace()
    const { registerMember } = await county.admin.ask(
      register,
      { input: inputOf(newPerson(), addDays(today, -10)) },
      headers,
    )
    const memberId = registerMember.member.id.split(':')[1]
    const told = ['^gateway POST', 'members', 'worker hand over DEVELOPMENT']
    await untilPassed(traceId, [
      told,
      ['worker StartActivity:remind', 'worker RunActivity:remind'],
      ['^gateway POST', 'assessment assessment.dues react'],
    ])
    expect(await look('workflows', 'select 1 from reminder where subject_id = $1', [memberId])).toHaveLength(1)
    // The workflow's own span is told of when the workflow ends, which is when there is nothing left to wait for.
    await county.admin.ask(
      'mutation ($input: RecordLeavingInput!) { recordLeaving(input: $input) { member { id } } }',
      { input: { memberId: registerMember.member.id, leftOn: today, reason: '本人要求' } },
    )
    const spans = await untilPassed(traceId, [
      ['^gateway POST', 'members', 'dues [\\w.-]+ react', 'assessment [\\w.-]+ react'],
      ['^gateway POST', 'members', 'org [\\w.-]+ react'],
      ['^gateway POST', 'members', 'workflows workflows.cases react', 'workflows INSERT'],
      [...told, 'worker RunWorkflow', 'worker RunActivity:remind', 'worker WITH'],
    ])
    expect(new Set(spans.map(({ service }) => service))).toEqual(
      new Set(['gateway', 'org', 'members', 'dues', 'assessment', 'workflows', 'worker']),
    )
    expectNoOrphans(spans, headers.traceparent)
  })

  test('S0-14 a step that the superior decides goes through gateway, members, Kafka, Temporal, the approval and back, in one trace', async () => {
    const { traceId, headers } = newTrace()
    // Of late: what nothing is due of any more has no workflow.
    const setting = await newSetting(addDays(today, -60))
    const desk = openDesk(setting)
    await desk.goTo('ACTIVIST_FILING', {
      APPLICATION: addDays(today, -60),
      APPLICANT_TALK: addDays(today, -45),
      ACTIVIST_DECISION: addDays(today, -10),
    })
    await desk.file('ACTIVIST_FILING', 'ACTIVIST_REGISTER', addDays(today, -8))
    await setting.secretary.caller.ask(
      'mutation ($input: RequestApprovalInput!) { requestApproval(input: $input) { case { id } } }',
      { input: { caseId: setting.caseId, on: addDays(today, -1) } },
      headers,
    )
    const id = await desk.handedIn()
    // Decided before its workflow was told of it, an approval would never have one that waits.
    await until(
      async () => (await statusOfWorkflow('approval', id)) === 'RUNNING',
      20_000,
      'the approval has a workflow',
    )
    await setting.committeeSecretary.caller.ask(
      'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state } } }',
      { input: { id, outcome: 'APPROVED', decidedOn: today } },
      headers,
    )
    await desk.reaches('CONTACTS')
    await untilPassed(traceId, [
      ['^gateway POST', 'members', 'workflows workflows.approvals react'],
      ['^gateway POST', 'members', 'worker hand over APPROVAL', 'worker RunWorkflow'],
      ['^gateway POST', 'members', 'worker hand over DEVELOPMENT', 'worker HandleSignal'],
      ['^gateway POST', 'workflows', 'members members.decisions react', 'worker hand over DEVELOPMENT'],
    ])
  })

  test('platform logs carry the id of the trace in which they were written', async () => {
    const { traceId, headers } = newTrace()
    const person = newPerson()
    const id = await uploadRoster(county.admin, 'Member', membersCsv([person]))
    await county.admin.ask(
      'mutation ($input: CommitImportInput!) { commitMemberImport(input: $input) { import { id } } }',
      { input: { id, mode: 'VALID' } },
      headers,
    )
    const line = await until(
      () => find(join(surroundings().stateDir, 'logs/members.log'), [traceId]).then(found => found[0] && traceId),
      30_000,
      'the import has been logged',
    )
    expect(line).toBe(traceId)
  })
})

describe('one line a request', () => {
  test('platform says which operation an account asked for, what became of it and how long it took, and nothing that was in it', async () => {
    const line = async (traceId: string) =>
      until(
        async () => {
          const lines = (await readFile(join(surroundings().stateDir, 'logs/gateway.log'), 'utf8')).split('\n')
          return lines.find(text => text.includes(traceId) && text.includes('"msg":"request"'))
        },
        30_000,
        'the request has been logged',
      )
    const good = newTrace()
    await county.admin.send('query { me { id } }', {}, good.headers)
    expect(JSON.parse(await line(good.traceId))).toMatchObject({
      ...{ level: 'info', service: 'gateway', route: '/graphql', status: 200, outcome: 'ok', kind: 'query' },
      ...{ accountId: expect.stringMatching(/^[0-9a-f-]{36}$/), ms: expect.any(Number) },
    })
    const bad = newTrace()
    await county.admin.sendUntyped('query { organisation(code: "不在的单位") { nothing } }', {}, bad.headers)
    const refused = await line(bad.traceId)
    expect(JSON.parse(refused)).toMatchObject({ status: 400, outcome: 'refused', codes: ['GRAPHQL_VALIDATION_FAILED'] })
    expect(refused).not.toContain('不在的单位')
  })
})

describe('personal data stays in the register', () => {
  test('platform no span, log, workflow, message or search holds a name, an ID number or a phone number', async () => {
    const { traceId, headers } = newTrace()
    const person = newPerson()
    const input = inputOf(person, addDays(today, -10))
    // What goes right, and every way of going wrong that a caller can think of: faults are what gets logged.
    await county.admin.ask(register, { input }, headers)
    const wrong: [string, object][] = [
      [register, { input }],
      [register, { input: { ...input, idNumber: `${person.公民身份号码.slice(0, 17)}Y` } }],
      [register, { input: { ...input, kind: person.姓名 } }],
      [register, { input: { ...input, [person.姓名]: person.手机号码 } }],
      [`{ memberByIdNumber(idNumber: "${person.公民身份号码}", reason: "核对身份") { id name phoneMasked } }`, {}],
      [`{ memberByIdNumber(idNumber: "${person.公民身份号码}", reason: "核对身份") { id `, {}],
      [`{ memberByIdNumber(idNumber: "${person.公民身份号码}", reason: "核对身份") { nothing } }`, {}],
      [`{ member(id: "${person.姓名}") { id } }`, {}],
      [
        'query ($id: ID!, $n: String) { organisation(id: $id) { members(first: 100, filter: { nameStartsWith: $n }) { nodes { name } } } }',
        { id: branchId, n: person.姓名 },
      ],
    ]
    for (const [document, variables] of wrong) await county.admin.sendUntyped(document, variables, newTrace().headers)
    const faulty = [newPerson({ 所在党支部代码: '999999000000001' }), newPerson({ 党费人员类别: '不明' })]
    const id = await uploadRoster(county.admin, 'Member', membersCsv(faulty))
    await county.admin.ask(
      'mutation ($input: CommitImportInput!) { commitMemberImport(input: $input) { import { id } } }',
      {
        input: { id, mode: 'VALID' },
      },
    )
    await until(
      async () =>
        (await look('members', `select 1 from roster_import where id = $1 and state = 'COMMITTED'`, [id.split(':')[1]]))
          .length > 0,
    )
    await quiet()
    await until(
      async () => (await spansOfTrace(traceId)).some(({ name }) => name.includes('hand over DEVELOPMENT')),
      30_000,
      'the spans have arrived',
    )

    const { stateDir } = surroundings()
    const files = [join(stateDir, 'spans.jsonl')]
    for (const folder of ['logs', 'temporal', 'kafka']) {
      for (const entry of await readdir(join(stateDir, folder), { recursive: true, withFileTypes: true }))
        if (entry.isFile()) files.push(join(entry.parentPath, entry.name))
    }
    expect(files.length).toBeGreaterThan(20)
    // The search itself works: what must be in these files is found.
    const memberIds = (await look('members', 'select id from member where county_id = $1', [county.id])).map(
      row => row.id,
    )
    expect((await Promise.all(files.map(file => find(file, memberIds)))).flat().length).toBeGreaterThan(0)
    const leaks: string[] = []
    for (const file of files) for (const text of await find(file, formsOf(personal))) leaks.push(`${file}: ${text}`)
    expect(leaks).toEqual([])
    const workflowIds = await atTemporal(async client => {
      const ids: string[] = []
      for await (const { workflowId } of client.workflow.list({ query: "ExecutionStatus = 'Running'" }))
        ids.push(workflowId)
      return ids
    })
    // A kind of process and an id that says nothing; a schedule's run has its moment instead, and is of no person.
    const ofProcess = /^[a-z]+(-[a-z]+)*\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
    const ofSchedule = /^[a-z]+(-[a-z]+)*-\d{4}-\d{2}-\d{2}T[\d:.]+Z$/
    expect(workflowIds.length).toBeGreaterThan(0)
    expect(workflowIds.filter(workflowId => !ofProcess.test(workflowId) && !ofSchedule.test(workflowId))).toEqual([])
  })
})

/** Texts as they stand in files: as they are, and as JSON and URLs write Chinese. */
const formsOf = (texts: readonly string[]): string[] => [
  ...new Set(
    texts.flatMap(text => [
      text,
      encodeURIComponent(text),
      Array.from(text, c => (c > '~' ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : c)).join(''),
      Buffer.from(text).toString('base64').slice(0, -4),
    ]),
  ),
]

/** Those of `texts` that a file holds. */
async function find(file: string, texts: readonly string[]): Promise<string[]> {
  const wanted = new Set(texts)
  const found: string[] = []
  const overlap = Math.max(...texts.map(text => Buffer.byteLength(text)))
  let kept: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const bytes: Buffer = Buffer.concat([kept, chunk as Buffer])
    for (const text of wanted) {
      if (!bytes.includes(text)) continue
      found.push(text)
      wanted.delete(text)
    }
    kept = bytes.subarray(Math.max(0, bytes.length - overlap))
  }
  return found
}
