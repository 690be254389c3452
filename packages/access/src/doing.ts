import type { Actor } from './actor.ts'
import type { RawTx } from './transact.ts'

/** Who does something, and the transaction in which it is done. */
export type Doing<Tx extends RawTx = RawTx> = { tx: Tx; actor: Actor }
