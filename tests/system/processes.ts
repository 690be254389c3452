import { surroundings } from './surroundings.ts'

const post = async (path: string): Promise<void> => {
  const response = await fetch(`${surroundings().controlUrl}/${path}`, { method: 'POST' })
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
}

/** Kills a process of the platform with SIGKILL; what keeps the platform brings it back. */
export const killProcess = (name: string): Promise<void> => post(`kill/${name}`)

/** Stops a process of the platform where it stands: it answers nobody until it is killed or thawed. */
export const freezeProcess = (name: string): Promise<void> => post(`freeze/${name}`)

/** Lets one go on that was frozen. */
export const thawProcess = (name: string): Promise<void> => post(`thaw/${name}`)

/** Resolves when a process that was killed is ready again. */
export const processReady = (name: string): Promise<void> => post(`ready/${name}`)
