import { resolve } from 'node:path'
import { buildImages } from './build-images.ts'
import { readCommandLine } from './command-line.ts'

// npm goes to the checkout before it runs a command: where a file shall lie is said from where its caller stands.
const from = process.env.INIT_CWD ?? process.cwd()
try {
  const { names, out } = readCommandLine(process.argv.slice(2))
  for (const { tag, id, file } of buildImages(names, out === null ? null : resolve(from, out)))
    console.log([tag, id, file].filter(part => part !== null).join('  '))
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
