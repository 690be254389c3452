import { callbackRefusals, type PaymentProvider, ProviderFault } from './payment-provider.ts'

export const operations = ['openOrder', 'tradeOf', 'closeOrder', 'refund', 'refundOf', 'tradeBill'] as const
type Operation = (typeof operations)[number]
export const askedOutcomes = ['ok', 'unreachable', 'later', 'refused', 'untrusted'] as const
type AskedOutcome = (typeof askedOutcomes)[number]
export const heardOutcomes = ['TAKEN', 'UNKNOWN', ...callbackRefusals] as const

const outcomeOf = (error: unknown): AskedOutcome =>
  error instanceof ProviderFault ? (error.kind.toLowerCase() as AskedOutcome) : 'unreachable'

/** The same provider; how each thing that is asked of it ends is told. */
export function watched(
  provider: PaymentProvider,
  told: { asked(operation: Operation, outcome: AskedOutcome): void },
): PaymentProvider {
  const counted =
    <In extends unknown[], Out>(operation: Operation, ask: (...given: In) => Promise<Out>) =>
    async (...given: In): Promise<Out> => {
      try {
        const answer = await ask(...given)
        told.asked(operation, 'ok')
        return answer
      } catch (error) {
        told.asked(operation, outcomeOf(error))
        throw error
      }
    }
  return {
    ...provider,
    openOrder: counted('openOrder', provider.openOrder),
    tradeOf: counted('tradeOf', provider.tradeOf),
    closeOrder: counted('closeOrder', provider.closeOrder),
    refund: counted('refund', provider.refund),
    refundOf: counted('refundOf', provider.refundOf),
    tradeBill: counted('tradeBill', provider.tradeBill),
  }
}
