import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { repositoryDir } from './env.ts'
import { makeTypes } from './made-types.ts'

const tools: [string, string[]][] = [
  ['@biomejs/biome/bin/biome', ['check', '.']],
  ['typescript/bin/tsc', ['--noEmit', '-p', '.']],
  // What nobody imports, and what is declared and not used.
  ['knip/bin/knip.js', ['--no-progress', '--no-config-hints']],
]

// The compiler follows imports into what is made.
await makeTypes(detail => console.error(detail))
let failures = 0
for (const [entry, args] of tools) {
  const result = spawnSync(process.execPath, [join(repositoryDir, 'node_modules', entry), ...args], {
    cwd: repositoryDir,
    stdio: 'inherit',
  })
  if (result.status !== 0) failures += 1
}
process.exitCode = failures === 0 ? 0 : 1
