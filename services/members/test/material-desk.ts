import type { Actor } from '@linghang/access'
import { dataOf, tokenOf } from '@linghang/harness/ask'
import { actorOf, type County, seedAccount } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import type { CreateMaterialInput } from '@linghang/harness/generated/members'
import { seedMembers } from '@linghang/harness/imports'
import { applicant } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import type { World } from '@linghang/harness/world'

/** Where a members service is asked. */
export type Desk = { ask: World['ask']['members']; url: string }

/** An applicant whom a roster brings, with the case that was opened for them. */
export async function seedCase(county: County, branchCode: string): Promise<{ caseId: string; memberId: string }> {
  const row = applicant(county.code, branchCode, '2026-11-02')
  const ids = await seedMembers(county, [row])
  const memberId = (ids.get(row.姓名) as string).split(':')[1] as string
  const rows = await until(async () => {
    const found = await look('members', 'select id from development_case where member_id = $1', [memberId])
    return found.length > 0 ? found : null
  }, 30_000)
  return { caseId: rows[0].id as string, memberId }
}

/** Somebody without an office, as the person that a file is about. */
export async function actorFor(county: County, branchId: string, memberId: string): Promise<Actor> {
  const { subject } = await seedAccount(county, { keptBy: branchId, memberId: `Member:${memberId}` })
  return actorOf(county.world, subject)
}

type Begin = Partial<CreateMaterialInput>

export const beginMaterial = (desk: Desk, actor: Actor, caseId: string, changes: Begin = {}) =>
  desk.ask(
    actor,
    `mutation ($input: CreateMaterialInput!) { createMaterial(input: $input) { putTo material { id state title } } }`,
    {
      input: {
        caseId: `DevelopmentCase:${caseId}`,
        step: 'APPLICATION',
        template: 'APPLICATION_LETTER',
        fileName: '申请书.pdf',
        ...changes,
      },
    },
  )

export type Fetched = { status: number; headers: Headers; bytes: Uint8Array; code: string | null }

/** Plain HTTP to the service as `actor`, bytes out and in. */
export async function fetchFile(
  desk: Desk,
  actor: Actor,
  path: string,
  body?: Uint8Array | ReadableStream<Uint8Array>,
): Promise<Fetched> {
  const response = await fetch(`${desk.url}${path}`, {
    headers: { authorization: `Bearer ${await tokenOf(actor)}`, 'content-type': 'application/octet-stream' },
    ...(body === undefined ? {} : { method: 'PUT', body: body as Uint8Array<ArrayBuffer>, duplex: 'half' }),
    signal: AbortSignal.timeout(30_000),
  } as RequestInit)
  const bytes = new Uint8Array(await response.arrayBuffer())
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
  const code = isJson ? (JSON.parse(Buffer.from(bytes).toString()).code ?? null) : null
  return { status: response.status, headers: response.headers, bytes, code }
}

/** Makes a material and puts its file. @returns its id on the wire */
export async function fileMaterial(desk: Desk, actor: Actor, caseId: string, file: Uint8Array, changes: Begin = {}) {
  const { createMaterial } = dataOf(await beginMaterial(desk, actor, caseId, changes))
  const put = await fetchFile(desk, actor, createMaterial.putTo, file)
  if (put.status !== 200) throw new Error(`refused: ${put.status} ${Buffer.from(put.bytes)}`)
  return createMaterial.material.id as string
}

export const linkOf = (desk: Desk, actor: Actor, id: string) =>
  desk.ask(actor, 'query ($id: ID!) { materialLink(id: $id) { url expiresAt } }', { id })
