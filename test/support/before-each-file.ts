import { keepNumbersApart } from '#runner/machine';

keepNumbersApart();
