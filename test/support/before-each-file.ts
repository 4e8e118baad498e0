import { keepNumbersApart } from '#runner/keep-numbers-apart';

keepNumbersApart();
