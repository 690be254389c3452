import { keyRing, readEnvironment, serverEnvironment } from '@linghang/subgraph'

/** What the server needs. */
export const readServerEnvironment = () =>
  readEnvironment('org', { ...serverEnvironment, REGISTER_KEYS: keyRing }, process.env)

/** What an operator's command needs: the database and nothing else. */
export const readCommandEnvironment = () =>
  readEnvironment('org', { DATABASE_URL: serverEnvironment.DATABASE_URL }, process.env)

export type ServerEnvironment = ReturnType<typeof readServerEnvironment>
