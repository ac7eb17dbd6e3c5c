import type { Registry } from 'prom-client';

export type JobCounter = (
  name: string,
  outcome: 'done' | 'retried' | 'refused' | 'failed',
  ms: number,
) => void;

/** What the process counts of itself. */
export interface Metrics {
  readonly countJob: JobCounter;
  /** Counts a request at one of the doors by its answer. */
  readonly countRequest: (door: string, status: number, ms: number) => void;
  /** The text Prometheus scrapes, and its content type. */
  scrape(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** Counts nothing; used when no METRICS_TOKEN is configured, so that nobody could read the numbers. */
export const noMetrics: Metrics = {
  countJob: () => undefined,
  countRequest: () => undefined,
  scrape: async () => ({ contentType: 'text/plain', text: '' }),
};

/** Metrics of this process in Prometheus' terms; durations in seconds. */
export async function createMetrics(): Promise<Metrics> {
  const { Counter, Histogram, Registry: NewRegistry, collectDefaultMetrics } = await import('prom-client');
  const register: Registry = new NewRegistry();
  collectDefaultMetrics({ register, prefix: 'trunkline_' });
  const jobs = new Histogram({
    name: 'trunkline_job_seconds',
    help: 'How long runs of jobs took, by job and outcome',
    labelNames: ['job', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60],
    registers: [register],
  });
  const requests = new Histogram({
    name: 'trunkline_request_seconds',
    help: 'How long incoming requests took until they were answered, by door',
    labelNames: ['door'],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 3, 8],
    registers: [register],
  });
  const answers = new Counter({
    name: 'trunkline_requests_total',
    help: 'Incoming requests, by door and HTTP status',
    labelNames: ['door', 'status'],
    registers: [register],
  });
  return {
    countJob: (job, outcome, ms) => jobs.observe({ job, outcome }, ms / 1_000),
    countRequest: (door, status, ms) => {
      requests.observe({ door }, ms / 1_000);
      answers.inc({ door, status: String(status) });
    },
    scrape: async () => ({ contentType: register.contentType, text: await register.metrics() }),
  };
}
