import { requireCountyAdmin } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type Difference, differencesOf } from '../comparison/compare.ts'
import type { PackDocument } from '../documents/pack.ts'
import { fail } from './errors.ts'
import { type Chosen, requirePack } from './publish-pack.ts'
import { packStore } from './store.ts'

export type PackReference = Chosen & { version?: number | null }

async function packOf({ tx, actor }: Work, reference: PackReference): Promise<PackDocument> {
  const { version, ...chosen } = reference
  if (typeof version !== 'number') return requirePack(chosen)
  const decided = await packStore.decided(tx, actor.countyId)
  const found = decided.find(pack => pack.version === version)
  return found?.document ?? fail('NOT_FOUND', { what: 'pack', whatZh: '考核办法' })
}

/**
 * In what two packs differ, for who is about to decide. @throws DomainError FORBIDDEN, BAD_INPUT, NOT_FOUND, PACK_REFUSED
 */
export async function comparePacks(work: Work, before: PackReference, after: PackReference): Promise<Difference[]> {
  requireCountyAdmin(work)
  return differencesOf(await packOf(work, before), await packOf(work, after))
}
