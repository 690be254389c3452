import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

// The generator `tables` of each schema.prisma, run by `prisma generate`: prisma-kysely, with what our columns hold said
// once here instead of at every column. Asked by JSON a line on its input; answers by itself.

type Field = { type: string; nativeType?: [string, string[]] | null; documentation?: string }
type Request = {
  method: string
  params: {
    generator: { config: Record<string, string> }
    dmmf?: { datamodel: { models: { fields: Field[] }[] } }
  }
}

const config = {
  fileName: 'tables.ts',
  camelCase: 'true',
  bigIntTypeOverride: 'bigint',
  bytesTypeOverride: 'Uint8Array',
}

/** Calendar dates are text; a document goes in as JSON text, since an object would be taken for something of Prisma's. */
const kindOf = ({ type, nativeType }: Field): string | undefined => {
  if (type === 'Json') return "import('kysely').ColumnType<unknown, string, string>"
  return nativeType?.[0] === 'Date' ? 'string' : undefined
}

const said = (request: Request): Request => {
  if (request.method !== 'generate') return request
  Object.assign(request.params.generator.config, config)
  for (const field of request.params.dmmf?.datamodel.models.flatMap(({ fields }) => fields) ?? []) {
    const kind = kindOf(field)
    if (kind && !field.documentation?.includes('@kyselyType')) field.documentation = `@kyselyType(${kind})`
  }
  return request
}

const generator = spawn(process.execPath, [createRequire(import.meta.url).resolve('prisma-kysely/bin')], {
  stdio: ['pipe', 'inherit', 'inherit'],
})
generator.on('exit', code => process.exit(code ?? 1))
for await (const line of createInterface({ input: process.stdin }))
  generator.stdin.write(`${JSON.stringify(said(JSON.parse(line) as Request))}\n`)
generator.stdin.end()
