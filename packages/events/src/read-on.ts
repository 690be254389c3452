import type { Consumer } from 'kafkajs'
import { isOfCredentials } from './kafka-contact.ts'

const betweenJoinsMs = 500

/** A group's coordinator moves with its broker: while one is away, or has just started, nobody is it. */
const isWithoutCoordinator = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'KafkaJSGroupCoordinatorNotFound' || isWithoutCoordinator(error.cause))

/** A password or token that was changed in one place before the other: the file is read again by the next connection. */
const mayPass = (error: unknown): boolean => isWithoutCoordinator(error) || isOfCredentials(error)

/**
 * Reads, and joins anew after whatever passes, however long it lasts: writes go on while Kafka is away, so a service
 * must not end for it. kafkajs goes on by itself after most faults; a coordinator that is not there, and a password that
 * is not taken, it takes for ones that can never be mended, and wraps them in another error.
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
      if (!stopped) read().catch(error => (error.retriable === false && !mayPass(error) ? crashed(error) : joinAnew()))
    }, betweenJoinsMs)
  }
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (payload.restart || stopped) return
    if (mayPass(payload.error)) joinAnew()
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
