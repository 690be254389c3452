import { readEnvironment, serverEnvironment } from '@linghang/subgraph'

/** What the server needs. */
export const readServerEnvironment = () => readEnvironment('dues', serverEnvironment, process.env)

export type ServerEnvironment = ReturnType<typeof readServerEnvironment>
