/* Entry of the bundle that worker threads run. */
import { jobFunctions } from '#engine/jobs';
import { serveJobs } from './serve-jobs';

serveJobs(jobFunctions);
