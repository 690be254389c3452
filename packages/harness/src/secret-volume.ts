import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A folder of secrets as a kubelet keeps it: each file is a link into `..data`, which is a link to the folder of now.
 * @param first the files' names, which stay, and what they say
 */
export function secretVolume<Name extends string>(folder: string, first: Record<Name, string>) {
  const volume = mkdtempSync(join(folder, 'volume-'))
  let swaps = 0
  const swap = (secrets: Partial<Record<Name, string>>): void => {
    const now = `..${++swaps}`
    mkdirSync(join(volume, now))
    for (const [name, text] of Object.entries<string | undefined>(secrets))
      if (text !== undefined) writeFileSync(join(volume, now, name), text)
    symlinkSync(now, join(volume, '..data_tmp'))
    renameSync(join(volume, '..data_tmp'), join(volume, '..data'))
    if (swaps > 1) rmSync(join(volume, `..${swaps - 1}`), { recursive: true })
  }
  swap(first)
  for (const name of Object.keys(first)) symlinkSync(join('..data', name), join(volume, name))
  return {
    path: (name: Name): string => join(volume, name),
    /** Takes the whole folder's place at once, as a new version of a Secret does. */
    swap,
  }
}
