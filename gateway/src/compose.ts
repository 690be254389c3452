import { rename, writeFile } from 'node:fs/promises'
import { CompositionFailed, composeSupergraph, publicSchemaOf } from './supergraph/compose-supergraph.ts'
import { publicSchemaFile, readOrNull, readSubgraphs, supergraphFile } from './supergraph/read-subgraphs.ts'

/** Writes the supergraph, and the schema that apps read, from the services' schemas; `--check` only says whether the committed one is up to date. */
async function compose(check: boolean): Promise<number> {
  const subgraphs = await readSubgraphs()
  if (subgraphs.length === 0) throw new CompositionFailed('No service has a schema.graphql yet (没有任何子图)')
  const composed = composeSupergraph(subgraphs)
  const names = subgraphs.map(({ name }) => name).join(', ')
  const shown = publicSchemaOf(composed)
  const upToDate = composed === (await readOrNull(supergraphFile)) && shown === (await readOrNull(publicSchemaFile))
  if (upToDate) {
    process.stdout.write(`gateway/supergraph.graphql is up to date (${names})\n`)
    return 0
  }
  if (check) {
    process.stderr.write('gateway/supergraph.graphql is out of date: run `npm run compose` (超图已过期)\n')
    return 1
  }
  // Swapped in whole: a gateway that watches the folder never sees half of it.
  await writeFile(`${supergraphFile}.new`, composed)
  await rename(`${supergraphFile}.new`, supergraphFile)
  await writeFile(publicSchemaFile, shown)
  process.stdout.write(`gateway/supergraph.graphql written (${names})\n`)
  return 0
}

try {
  process.exitCode = await compose(process.argv.includes('--check'))
} catch (error) {
  if (!(error instanceof CompositionFailed)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
