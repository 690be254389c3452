import type { Actor } from '@linghang/access'
import { type ServiceName, services } from '@linghang/migrations'
import type { DataOf, VariablesOf } from '@linghang/subgraph/operation-types'
import { type Answer, send } from './ask.ts'
import type { Operations } from './operations.ts'
import type { World } from './world.ts'

/** Asks one service what stands whole in a source, typed by its contract. */
type AskService<Name extends ServiceName> = <Document extends keyof Operations[Name] & string>(
  document: Document,
  ...variables: VariablesOf<Operations[Name][Document]>
) => Promise<Answer<DataOf<Operations[Name][Document]>>>

/** Somebody who asks: at the services themselves, or at the gateway, which finds the service that answers. */
export type Asker = { [Name in ServiceName]: AskService<Name> } & {
  /** What is put together while the test runs. */
  untyped(service: ServiceName, document: string, variables?: object): Promise<Answer>
  /** Puts a file where a service has told to put it. @returns the status */
  put(service: ServiceName, path: string, file: string | Uint8Array): Promise<number>
}

/** @param ask the same for all services where the gateway is asked */
export function askerBy(ask: Asker['untyped'], put: Asker['put']): Asker {
  const at = (service: ServiceName) => (document: string, variables?: object) => ask(service, document, variables)
  const each = Object.fromEntries(services.map(service => [service, at(service)]))
  return { ...(each as { [Name in ServiceName]: AskService<Name> }), untyped: ask, put }
}

/** Somebody at the services themselves. */
export const askerAt = ({ askUntyped, urls }: World, actor: Actor): Asker =>
  askerBy(
    (service, document, variables) => askUntyped[service](actor, document, variables),
    async (service, path, file) => {
      // Where the gateway has a folder a service, the service itself has none.
      const own = path.replace(`/imports/${service}/`, '/imports/')
      return (await send(urls[service], actor, { method: 'PUT', path: own, body: Buffer.from(file) })).status
    },
  )
