import type { DevelopmentStep, DevelopmentTemplate } from '@linghang/harness/generated/members'
import { entryOf } from '@linghang/harness/read-zip'
import type { GraphQLObjectType } from 'graphql'
import type { Caller, Data } from './api.ts'
import { surroundings } from './surroundings.ts'
import { everythingOf, schemaOf } from './walk.ts'

/** What is wrong with a case as it is told, at some step of it. */
export type Wrong = { where: string; what: string }

const atOnce = 6
/** What is no word of the field, in a document or a text for people. */
const noWord = /[A-Z][A-Z_]{2,}|\d{4}-\d{2}-\d{2}T|undefined|null|NaN|\[object/

const textOf = (docx: Uint8Array): string =>
  entryOf(docx, 'word/document.xml')
    .replaceAll(/<w:p[ >]/g, '\n$&')
    .replaceAll(/<[^>]+>/g, '')

/** Names and titles in an answer that hold nothing. */
function emptyNames(value: Data, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one, i) => emptyNames(one, `${path}.${i}`))
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, one]) =>
    (key === 'name' || key === 'title') && (one === null || String(one).trim() === '')
      ? [`${path}.${key}`]
      : emptyNames(one, `${path}.${key}`),
  )
}

/** Every field of a case, and every document of it for every step, as one who keeps it reads them. */
export async function readWhole(caller: Caller, caseId: string): Promise<{ wrong: Wrong[]; documents: number }> {
  const schema = await schemaOf(caller)
  const type = schema.getType('DevelopmentCase') as GraphQLObjectType
  const wrong: Wrong[] = []
  const { data, errors } = await caller.sendUntyped(
    `query ($id: ID!) { developmentCase(id: $id) { ${everythingOf(schema, type)} } }`,
    { id: caseId },
  )
  for (const { path, message } of errors) wrong.push({ where: path?.join('.') ?? 'developmentCase', what: message })
  for (const path of emptyNames(data?.developmentCase)) wrong.push({ where: path, what: 'an empty name' })
  const papers = (data?.developmentCase?.documents ?? []).flatMap(({ template, steps }: Data) =>
    steps.map((step: string) => ({ template, step })),
  ) as { template: DevelopmentTemplate; step: DevelopmentStep }[]
  const gateway = new URL(surroundings().gatewayUrl)
  const look = async ({ template, step }: (typeof papers)[number]): Promise<void> => {
    const link = await caller.send(
      'query ($caseId: ID!, $template: DevelopmentTemplate!, $step: DevelopmentStep) { documentLink(caseId: $caseId, template: $template, step: $step) { url } }',
      { caseId, template, step },
    )
    const where = `${template} of ${step}`
    if (!link.data) return void wrong.push({ where, what: link.errors.map(({ message }) => message).join() })
    const answer = await fetch(new URL(link.data.documentLink.url, gateway), {
      headers: { authorization: `Bearer ${caller.token}` },
    })
    const bytes = new Uint8Array(await answer.arrayBuffer())
    if (answer.status !== 200) return void wrong.push({ where, what: `${answer.status}` })
    const found = textOf(bytes).match(noWord)
    if (found) wrong.push({ where, what: found[0] })
  }
  const waiting = [...papers]
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await look(next)
    }),
  )
  return { wrong, documents: papers.length }
}
