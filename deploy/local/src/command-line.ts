import { type ParseArgsConfig, parseArgs } from 'node:util'
import { isStackFault, stackFault } from '@linghang/devstack'

export type Usage = { zh: string; en: string }

/**
 * Reads what a command was told. `--help` prints how it is used and ends with code 0; what it does not know is refused
 * with the same words and ends with code 1.
 * @throws StackFault WRONG_ARGUMENTS
 */
export function readCommandLine<const T extends ParseArgsConfig['options']>(
  usage: Usage,
  options: T,
  words = false,
  args = process.argv.slice(2),
) {
  const parse = () => parseArgs({ args, options: { ...options, help: { type: 'boolean' } }, allowPositionals: words })
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse()
  } catch {
    throw stackFault('WRONG_ARGUMENTS', usage)
  }
  if ((parsed.values as { help?: boolean }).help) {
    console.log(`${usage.zh}\n${usage.en}`)
    process.exit(0)
  }
  return parsed
}

/** Runs a command; a fault that it names is told in its own words, anything else as it is, and the code is 1. */
export async function runCommand(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    console.error(isStackFault(error) ? error.message : error)
    process.exitCode = 1
  }
}
