import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { startTemporal } from '@linghang/devstack'
import { codesOf, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { everyoneKnown, importRoster, seedMembers } from '@linghang/harness/imports'
import { operatorCommand } from '@linghang/harness/operator-command'
import { fullMember, membersCsv } from '@linghang/harness/people'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { services } from '@linghang/migrations'
import { workflowIdOf } from '@linghang/temporal/workflow-id'
import { Client, Connection } from '@temporalio/client'
import { fetchFile, fileMaterial, linkOf, seedCase } from '../../../services/members/test/material-desk.ts'
import { samples } from '../../../services/members/test/sample-files.ts'
import { createMover, startCell } from './cell.ts'

jest.setTimeout(300_000)

const suffix = 'cell2'
let county: County
let neighbour: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let keeper: Actor
let person: { id: string; idNumber: string }
let paper: { id: string; bytes: Uint8Array }
let cell: Awaited<ReturnType<typeof startCell>>
let mover: Awaited<ReturnType<typeof createMover>>
let temporal: Awaited<ReturnType<typeof startTemporal>>
let connection: Connection
/** The county as it is asked in the cell that it moves into. */
let arrived: County

const move = (args: string[], env: Record<string, string> = {}) => {
  const at = surroundings()
  return operatorCommand('county-move', ['--county', county.code, ...args], {
    env: {
      LINGHANG_DATABASE_URL: mover.url(),
      REGISTER_KEYS: JSON.stringify(at.registerKeys),
      MATERIALS_STORE: pathToFileURL(join(at.stateDir, 'materials')).href,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      TARGET_LINGHANG_DATABASE_URL: mover.url(suffix),
      TARGET_REGISTER_KEYS: cell.registerKeys,
      TARGET_MATERIALS_STORE: cell.materials,
      ...env,
    },
  })
}

beforeAll(async () => {
  ;[county, neighbour, cell, mover, temporal] = await Promise.all([
    createCounty(),
    createCounty(),
    startCell(suffix),
    createMover(),
    startTemporal({ stateDir: join(surroundings().stateDir, 'moving'), namespace: 'moving', report: () => undefined }),
  ])
  connection = await Connection.connect({ address: temporal.address })
  arrived = { ...county, world: cell.world }
  tree = await seedTwoCommittees(county)
  const near = await seedTwoCommittees(neighbour)
  await seedMembers(neighbour, [fullMember(neighbour.code, near.a1.code)])
  const row = fullMember(county.code, tree.a1.code, { 姓名: '甲一' })
  const ids = await seedMembers(county, [row, fullMember(county.code, tree.b1.code)])
  person = { id: ids.get('甲一') as string, idNumber: row.公民身份号码 }
  keeper = await seedActor(county, 'SECRETARY', tree.a1.id)
  const { caseId } = await seedCase(county, tree.a1.code)
  const bytes = await samples.pdf()
  const desk = { ask: county.world.ask.members, url: county.world.urls.members }
  paper = { id: await fileMaterial(desk, keeper, caseId, bytes), bytes }
  dataOf(
    await county.world.ask.dues(
      county.admin,
      'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
      { input: { organisationId: tree.a.id, bank: 'ICBC', bankNumber: '6222020000001234' } },
    ),
  )
  await everyoneKnown(county)
}, 300_000)
afterAll(async () => {
  await connection?.close()
  await Promise.all([cell?.stop(), temporal?.stop()])
})

const transfer =
  'mutation ($input: CreateImportInput!) { made: createMemberImport(input: $input) { import { id } putTo } }'
const begin = (at: County) => at.world.ask.members(at.admin, transfer, { input: { fileName: 'roster' } })
const write = async (at: County) => codesOf(await begin(at))
const reveal = 'mutation ($input: RevealIdentityInput!) { revealIdentity(input: $input) { idNumber phone } }'
const numbers = async (at: County) =>
  dataOf(await at.world.ask.members(keeper, reveal, { input: { memberId: person.id, reason: '核对档案' } }))
    .revealIdentity
/** What people see of it: the register, the books. */
const seen = async (at: County) => ({
  register: dataOf(
    await at.world.askUntyped.members(
      keeper,
      'query ($id: ID!) { member(id: $id) { name idNumberMasked developmentCases { id step } } }',
      { id: person.id },
    ),
  ).member,
  books: dataOf(
    await at.world.askUntyped.dues(
      at.admin,
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { realDuesAccount { id } } } }',
      { refs: [{ __typename: 'Organisation', id: tree.a.id }] },
    ),
  )._entities,
})
const rowsOf = async (countyId: string, at?: string) => {
  const counts: Record<string, number> = {}
  for (const service of services) {
    const tables = await look(
      service,
      `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'county_id'
       and table_name not in ('county_move', 'outbox_event') and is_updatable = 'YES' order by 1`,
      [],
      at,
    )
    for (const { name } of tables)
      counts[`${service}.${name}`] = (
        await look(service, `select count(*)::int as n from "${name}" where county_id = $1`, [countyId], at)
      )[0].n
  }
  return counts
}

describe('platform a county moves from one cell to another', () => {
  test('platform a role that may not do it, one store of papers for both, and a county that is not there are refused before anything is done', async () => {
    const [weak, same, unknown] = await Promise.all([
      move([], { LINGHANG_DATABASE_URL: mover.weakUrl() }).ended,
      move([], { TARGET_MATERIALS_STORE: pathToFileURL(join(surroundings().stateDir, 'materials')).href }).ended,
      move(['--county', '999999']).ended,
    ])
    const early = await move(['--forget']).ended
    expect(weak).toMatchObject({ code: 1, err: expect.stringMatching(/权限不足[\s\S]*BYPASSRLS/) })
    expect(same).toMatchObject({ code: 1, err: expect.stringMatching(/材料须各有存放处/) })
    expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('没有代码为 999999') })
    expect(early).toMatchObject({ code: 1, err: expect.stringContaining('未删除任何内容') })
    expect(await write(county)).toEqual([])
  })

  test('platform what is on its way keeps it: it can be read, nothing is written, its neighbour notices nothing, and it is taken back', async () => {
    const letter = `insert into dead_letter (consumer, topic, partition, log_offset, reason, value)
      values ('dues.people', 'members.events', 0, 9000000000, 'test', convert_to($1, 'UTF8')) returning id`
    const [{ id }] = await look('dues', letter, [JSON.stringify({ countyid: county.id })])
    const held = await move([]).ended
    expect(held).toMatchObject({ code: 1, err: expect.stringMatching(/1 条死信[\s\S]*1 dead letters/) })
    expect(await write(county)).toEqual(['COUNTY_MOVES'])
    expect((await seen(county)).register.name).toBe('甲一')
    expect(await write(neighbour)).toEqual([])
    const back = await move(['--back']).ended
    expect(back).toMatchObject({ code: 0, out: expect.stringContaining('已恢复原状') })
    expect(await write(county)).toEqual([])
    await look('dues', 'update dead_letter set replayed_at = now() where id = $1', [id])
  })

  test('platform moved while people work, killed on the way and run again: everything acknowledged is there, and as it was', async () => {
    const before = await seen(county)
    const [watch] = await look('workflows', 'select id, kind from watch where county_id = $1 limit 1', [county.id])
    const client = new Client({ connection, namespace: temporal.namespace })
    const workflowId = workflowIdOf(watch.kind, watch.id)
    await client.workflow.start('keepWatch', { workflowId, taskQueue: 'nobody' })
    const acknowledged: string[] = []
    const refused = new Set<string>()
    let working = true
    const work = (async () => {
      while (working) {
        const answer = await begin(county)
        for (const code of codesOf(answer)) refused.add(code)
        const id = answer.data?.made?.import.id
        if (id) acknowledged.push(id.split(':')[1] as string)
      }
    })()
    const killed = move([])
    await until(
      async () =>
        (await look('members', 'select 1 from county_move where state = $1', ['ARRIVING'], suffix)).length > 0,
      120_000,
      'its register has arrived',
    )
    killed.kill()
    await killed.ended
    const done = await move([]).ended
    working = false
    await work
    expect(done).toMatchObject({ code: 0, err: '' })
    expect([...refused]).toEqual(['COUNTY_MOVES'])
    expect(acknowledged.length).toBeGreaterThan(0)
    const imports = await look('members', 'select id from roster_import where county_id = $1', [county.id], suffix)
    expect(new Set(imports.map(row => row.id))).toEqual(new Set([...imports.map(row => row.id), ...acknowledged]))
    expect(await seen(arrived)).toEqual(before)
    expect((await numbers(arrived)).idNumber).toBe(person.idNumber)
    expect((await client.workflow.getHandle(workflowId).describe()).status.name).toBe('TERMINATED')
    const untold =
      'select count(*)::int as n from watch where county_id = $1 and (told_version > 0 or sleeps_until is not null)'
    expect(await look('workflows', untold, [county.id], suffix)).toEqual([{ n: 0 }])
  })

  test('platform a paper opens there, chains of the audit and the books hold, and what is sealed is sealed by its keys', async () => {
    const desk = { ask: cell.world.ask.members, url: cell.world.urls.members }
    const { materialLink } = dataOf(await linkOf(desk, keeper, paper.id))
    const fetched = await fetchFile(desk, keeper, materialLink?.url as string)
    expect(Buffer.from(fetched.bytes).equals(Buffer.from(paper.bytes))).toBe(true)
    const [audit, ledger] = await Promise.all([
      operatorCommand('verify-audit', ['--county', county.code], { databaseSuffix: suffix }).ended,
      operatorCommand('verify-ledger', ['--county', county.code], { databaseSuffix: suffix }).ended,
    ])
    expect(audit).toMatchObject({ code: 0 })
    expect(ledger).toMatchObject({ code: 0 })
    for (const service of ['members', 'dues'] as const)
      expect(
        await look(service, 'select master_key_id from county_key where county_id = $1', [county.id], suffix),
      ).toEqual([{ master_key_id: 'c2' }])
  })

  test('platform it lives there: it is written, and services hear of each other; where it was it is only read, and run again nothing happens', async () => {
    expect(await write(arrived)).toEqual([])
    const csv = membersCsv([fullMember(county.code, tree.a2.code, { 姓名: '甲二' })])
    expect(await importRoster(cell.world, county.admin, 'members', csv)).toMatchObject({ state: 'COMMITTED', added: 1 })
    await everyoneKnown(arrived)
    expect(await write(county)).toEqual(['COUNTY_MOVES'])
    expect(await write(neighbour)).toEqual([])
    const [back, again] = [await move(['--back']).ended, await move([]).ended]
    expect(back).toMatchObject({ code: 1, err: expect.stringContaining('已经迁走') })
    expect(again).toMatchObject({ code: 0 })
    const arrivals = `select count(*)::int as n from audit_entry where county_id = $1 and action = 'county.arrived'`
    expect(await look('org', arrivals, [county.id], suffix)).toEqual([{ n: 1 }])
  })

  test('platform what it had where it was is deleted, and nothing of anybody else', async () => {
    const near = await rowsOf(neighbour.id)
    // As if the move had been cut off before it was opened there: what is here must stay.
    await look('dues', `insert into county_move (county_id, state) values ($1, 'ARRIVING')`, [county.id], suffix)
    expect(await move(['--forget']).ended).toMatchObject({
      code: 1,
      err: expect.stringContaining('尚未在目标平台启用'),
    })
    await look('dues', 'delete from county_move where county_id = $1', [county.id], suffix)
    expect(Object.values(await rowsOf(county.id)).some(n => n > 0)).toBe(true)
    expect(await move(['--forget']).ended).toMatchObject({ code: 0, err: '' })
    expect(Object.entries(await rowsOf(county.id)).filter(([, n]) => n > 0)).toEqual([])
    expect(await rowsOf(neighbour.id)).toEqual(near)
    expect(await write(neighbour)).toEqual([])
    expect((await numbers(arrived)).idNumber).toBe(person.idNumber)
  })
})
