import { metrics } from '@linghang/telemetry'

/** What operators see of the provider of payments; counters stand at 0 from the start. */
export function countPayments(of: {
  operations: readonly string[]
  askedOutcomes: readonly string[]
  heardOutcomes: readonly string[]
}) {
  const meter = metrics.getMeter('linghang.payments')
  const requests = meter.createCounter('linghang_payment_requests', {
    description: 'What was asked of the provider of payments, and how it ended',
  })
  const callbacks = meter.createCounter('linghang_payment_callbacks', {
    description: 'What the provider of payments told us, and what became of it',
  })
  for (const operation of of.operations) for (const outcome of of.askedOutcomes) requests.add(0, { operation, outcome })
  for (const outcome of of.heardOutcomes) callbacks.add(0, { outcome: outcome.toLowerCase() })
  return {
    asked: (operation: string, outcome: string) => requests.add(1, { operation, outcome }),
    heard: (outcome: string) => callbacks.add(1, { outcome: outcome.toLowerCase() }),
  }
}
