import type { NewCity } from '../../../services/org/src/structure/cities/create-city.ts'
import type { NewCounty } from '../../../services/org/src/structure/counties/create-county.ts'
import { surroundings } from './surroundings.ts'

/** What an operator registers past GraphQL. */
export type Registered = { county: NewCounty; city: NewCity }

/**
 * Registers a county or a city by the very use case of org, which the set-up of the run has loaded: no test loads a service
 * for it.
 * @returns its id
 */
export async function register<Kind extends keyof Registered>(
  kind: Kind,
  databaseUrl: string,
  what: Registered[Kind],
): Promise<string> {
  const response = await fetch(`${surroundings().registrarUrl}/${kind}`, {
    method: 'POST',
    body: JSON.stringify({ databaseUrl, what }),
    signal: AbortSignal.timeout(30_000),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`no ${kind} was registered: ${text}`)
  return text
}
