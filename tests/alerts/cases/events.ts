import { fires, silent } from '../case.ts'

const job = { job: 'linghang-members' }
const age = (series: string) => ({ 'linghang_outbox_age_seconds{job="linghang-members",instance="a"}': series })
const unanswered = (series: string) => ({ 'linghang_kafka_unanswered_seconds{job="linghang-members"}': series })
const letters = (series: string) => ({ 'linghang_dead_letters_waiting{job="linghang-members"}': series })
const partition = { group: 'dues.member-register', topic: 'members.events', partition: '2' }
const lag = (series: string, instance = 'a') => ({
  [`linghang_consumer_lag_messages{job="linghang-members",instance="${instance}",group="dues.member-register",topic="members.events",partition="2"}`]:
    series,
})

export const eventCases = [
  fires('LinghangOutboxStuck', 'an event waits', age('0 61x10'), { at: 6, of: job, value: '1m 1s' }),
  silent('LinghangOutboxStuck', 'a minute is borne', age('60x20'), 20),
  silent('LinghangOutboxStuck', 'it moved meanwhile', age('61x4 0 61x4 0'), 9),

  fires('LinghangKafkaAway', 'no answer', unanswered('0 61 121x10'), { at: 3, of: job, value: '2m 1s' }),
  silent('LinghangKafkaAway', 'a minute is borne', unanswered('60x20'), 20),

  fires('LinghangConsumerStuck', 'nothing is read', lag('0 3 5x30'), {
    at: 10.5,
    of: { ...job, ...partition },
    value: '5',
  }),
  silent('LinghangConsumerStuck', 'it is behind, and reads', lag('100-1x60'), 60),
  silent(
    'LinghangConsumerStuck',
    'it is behind, and at its end now and then',
    lag('5 5 5 5 0 5 5 5 5 0 5 5 5 5 0 5 5 5 5 0 5'),
    20,
  ),
  silent('LinghangConsumerStuck', 'there is nothing to read', lag('0x60'), 60),

  fires('LinghangDeadLetters', 'one was kept', letters('0 1x10'), { at: 2, of: job, value: '1' }),
  silent('LinghangDeadLetters', 'all were sent again', letters('1 0x10'), 10),
]
