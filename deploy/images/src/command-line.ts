import { parseArgs } from 'node:util'
import { images } from './images.ts'

const usage = [
  '用法：npm run image -- 名称… [--out 文件.tar]',
  'Usage: npm run image -- NAME… [--out file.tar]',
  `  ${images.map(({ name }) => name).join(', ')}`,
].join('\n')

/**
 * Which images are wanted, and where their archives go: into one file for one image, into a folder for several.
 * @throws Error that says what is wrong and what is wanted
 */
export function readCommandLine(args: readonly string[]): { names: string[]; out: string | null } {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { out: { type: 'string' }, all: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const known = images.map(({ name }) => name)
  const names = values.all ? known : positionals
  const unknown = names.filter(name => !known.includes(name))
  if (names.length === 0 || unknown.length > 0) throw new Error([...unknown, usage].join('\n'))
  return { names, out: values.out ?? null }
}
