/*
 * The engine's second door: the functions of all jobs, for the threads that run them. Apart from api.ts,
 * so that whoever starts jobs cannot call them in a thread that has to stay free.
 */
export { jobFunctions } from '#engine/pipeline/jobs/job-table';
