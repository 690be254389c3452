import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { profiles } from './chart/profiles.ts'
import { template } from './chart/render.ts'

export const goldenFolder = fileURLToPath(new URL('./chart/golden/', import.meta.url))

/** The whole render of a profile, as text. @throws Error with helm's words */
export async function goldenOf(name: string): Promise<string> {
  const { files, values } = profiles[name] ?? { values: {} }
  const { code, stdout, stderr } = await template({ files, values })
  if (code !== 0) throw new Error(stderr)
  return stdout.replace(/\n{2,}/g, '\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(goldenFolder, { recursive: true })
  for (const name of Object.keys(profiles)) writeFileSync(`${goldenFolder}${name}.yaml`, await goldenOf(name))
}
