import type { Consumer } from 'kafkajs'

const betweenJoinsMs = 500

/** A group's coordinator moves with its broker: while one is away, or has just started, nobody is it. */
const isWithoutCoordinator = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'KafkaJSGroupCoordinatorNotFound' || isWithoutCoordinator(error.cause))

/**
 * Reads, and joins anew after whatever passes, however long it lasts: writes go on while Kafka is away, so a service
 * must not end for it. kafkajs goes on by itself after most faults; a coordinator that is not there it takes for one
 * that can never be mended, and wraps it in another error.
 * @param read connects, subscribes and runs
 * @param onCrash what no waiting mends (a right that is missing, say): a live process with a dead consumer hears nothing
 */
export function readOn(consumer: Consumer, read: () => Promise<void>, onCrash: (error: Error) => void) {
  let stopped = false
  const crashed = (error: Error): void => {
    if (!stopped) onCrash(error)
  }
  const joinAnew = (): void => {
    setTimeout(() => {
      if (!stopped) read().catch(error => (error.retriable === false ? crashed(error) : joinAnew()))
    }, betweenJoinsMs)
  }
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (payload.restart || stopped) return
    if (isWithoutCoordinator(payload.error)) joinAnew()
    else crashed(payload.error)
  })
  const started = read()
  started.catch(crashed)
  return {
    started,
    stop(): void {
      stopped = true
    },
  }
}
