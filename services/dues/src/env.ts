import { keyRing, readEnvironment, serverEnvironment } from '@linghang/subgraph'

/** What the server needs. */
export const readServerEnvironment = () =>
  readEnvironment('dues', { ...serverEnvironment, REGISTER_KEYS: keyRing }, process.env)

/** What an operator's command needs: the database and nothing else. */
export const readCommandEnvironment = () =>
  readEnvironment('dues', { DATABASE_URL: serverEnvironment.DATABASE_URL }, process.env)

export type ServerEnvironment = ReturnType<typeof readServerEnvironment>
