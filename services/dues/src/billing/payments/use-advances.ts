import { type Perform, systemActor } from '@linghang/access'
import type { Work } from '../../work.ts'
import { useAdvance } from './book-payment.ts'
import { holdPayments } from './hold-payments.ts'
import { paymentStore } from './store.ts'

const atOnce = 200

/** Lets what members of a county paid ahead pay the months that have come; again it changes nothing. @returns how many payments it took from */
export async function useAdvances(perform: Perform<Work>, countyId: string, heard: () => void): Promise<number> {
  for (let used = 0; ; ) {
    const found = await perform(systemActor(countyId), async work => {
      const ahead = await paymentStore.aheadOf(work.tx, countyId, atOnce)
      const ids = ahead.map(({ id }) => id)
      for (const payment of await holdPayments(work, ids)) await useAdvance(work, payment)
      return ahead.length
    })
    used += found
    heard()
    if (found < atOnce) return used
  }
}
