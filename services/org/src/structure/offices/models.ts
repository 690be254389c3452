import type { Actor } from '@linghang/access'

export type { Office } from './office.ts'
/** Who asks, as an account. */
export type Me = { id: string; kind: Actor['kind']; memberId: string | null }
