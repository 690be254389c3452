import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { apiChangelog, readReasons } from './api-changes.ts'

const at = (path: string): string => fileURLToPath(new URL(`../docs/${path}`, import.meta.url))

/** Keeps today's schema as that of a version: later changes are told from it. */
function release(version: string): void {
  const file = at(`api/${version}.graphql`)
  if (!/^\d+\.\d+\.\d+$/.test(version) || existsSync(file))
    throw new Error(`版本号有误或已发布 not a new version: ${version}`)
  writeFileSync(file, readFileSync(at('schema.graphql')))
  const { next = [], ...earlier } = readReasons()
  const reasons = { next: [], [version]: next, ...earlier }
  writeFileSync(at('api/breaking.json'), `${JSON.stringify(reasons, null, 2)}\n`)
}

const [flag, version] = process.argv.slice(2)
if (flag === '--release') release(version ?? '')
else if (flag !== undefined) {
  console.error('用法 usage: npm run api:changelog [-- --release 0.2.0]')
  process.exit(1)
}
writeFileSync(at('api-changelog.md'), await apiChangelog())
